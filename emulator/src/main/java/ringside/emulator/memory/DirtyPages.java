package ringside.emulator.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;

/**
 * Which pages were written since the last {@link GuestRam#beginEpoch}: a byte a page, and a byte for each 512 pages,
 * so that looking through them costs what changed. Engines set both from machine code.
 */
public final class DirtyPages {
    /** Pages of a group, as a shift. */
    public static final int GROUP_SHIFT = 9;

    private static final int PAGES_IN_GROUP = 1 << GROUP_SHIFT;
    private static final long BYTES_OF_WORD_SET = 0x0101_0101_0101_0101L;

    private final MemorySegment pages;
    private final MemorySegment groups;

    DirtyPages(final long count, final Arena arena) {
        final long whole = count + PAGES_IN_GROUP - 1 >> GROUP_SHIFT;
        pages = HostMemory.map(whole << GROUP_SHIFT).reinterpret(arena, HostMemory::unmap);
        groups = HostMemory.map(whole).reinterpret(arena, HostMemory::unmap);
    }

    /** {@return a byte a page, 1 where it was written, for stubs; who sets one sets its group's in {@link #groups}} */
    public MemorySegment pages() {
        return pages;
    }

    /** {@return a byte for each 512 pages, 1 where one of them was written} */
    public MemorySegment groups() {
        return groups;
    }

    /**
     * {@return whether a page was written}
     *
     * @param page its number
     */
    public boolean contains(final int page) {
        return pages.get(ValueLayout.JAVA_BYTE, page) != 0;
    }

    /** {@return the numbers of all that were written} */
    public BitSet all() {
        final BitSet found = new BitSet();
        for (int group = 0; group < groups.byteSize(); group++) {
            if (groups.get(ValueLayout.JAVA_BYTE, group) != 0) {
                for (int page = group << GROUP_SHIFT; page < group + 1 << GROUP_SHIFT; page += Long.BYTES) {
                    final long word = pages.get(ValueLayout.JAVA_LONG, page);
                    if (word == BYTES_OF_WORD_SET) {
                        found.set(page, page + Long.BYTES);
                    } else {
                        for (long left = word; left != 0; left &= left - 1) {
                            found.set(page + Long.numberOfTrailingZeros(left) / Byte.SIZE);
                        }
                    }
                }
            }
        }
        return found;
    }

    /** {@return how many pages were written} */
    public int count() {
        int sum = 0;
        for (int group = 0; group < groups.byteSize(); group++) {
            if (groups.get(ValueLayout.JAVA_BYTE, group) != 0) {
                for (int i = 0; i < PAGES_IN_GROUP; i += Long.BYTES) {
                    final long word = pages.get(ValueLayout.JAVA_LONG, ((long) group << GROUP_SHIFT) + i);
                    sum += Long.bitCount(word & BYTES_OF_WORD_SET);
                }
            }
        }
        return sum;
    }

    /** Adds pages. */
    void add(final long first, final long last) {
        for (long page = first; page <= last; page++) {
            pages.set(ValueLayout.JAVA_BYTE, page, (byte) 1);
            groups.set(ValueLayout.JAVA_BYTE, page >> GROUP_SHIFT, (byte) 1);
        }
    }

    /** Forgets all. */
    void clear() {
        for (long group = 0; group < groups.byteSize(); group++) {
            if (groups.get(ValueLayout.JAVA_BYTE, group) != 0) {
                pages.asSlice(group << GROUP_SHIFT, PAGES_IN_GROUP).fill((byte) 0);
                groups.set(ValueLayout.JAVA_BYTE, group, (byte) 0);
            }
        }
    }
}
