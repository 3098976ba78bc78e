package ringside.fastpath.view;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import ringside.kernel.abi.KernelMemory;
import ringside.toolchain.image.GuestImage;

/** What lies in the kernel's memory, by the kernel's addresses, seen from outside and between two instructions. */
public final class KernelView {
    /** Bytes of a page. */
    public static final long PAGE = 4096;
    /** The frame in an entry of a page table. */
    public static final long FRAME_MASK = 0x000f_ffff_ffff_f000L;
    /** Bits of an entry of a page table that the CPU sets: accessed, dirty. */
    public static final long USED = 0x60;

    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final ValueLayout.OfInt HALF = ValueLayout.JAVA_INT_UNALIGNED;
    private static final int ROOT_SHIFT = 39;
    private static final int PAGE_SHIFT = 12;
    private static final int INDEX_BITS = 9;
    private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;
    private static final long PRESENT = 1;
    private static final long LARGE = 1 << 7;
    private static final int MOST_LINKS = 100_000;

    private final GuestImage image;
    private final MemorySegment ram;

    /**
     * Looks at a machine.
     *
     * @param image what it booted
     * @param ram   its memory, from physical address 0 on
     */
    public KernelView(final GuestImage image, final MemorySegment ram) {
        this.image = image;
        this.ram = ram;
    }

    /** Something points to where nothing is, so nothing behind it can be looked at. */
    public static final class LostException extends RuntimeException {
        private static final long serialVersionUID = 1;

        LostException(final String message) {
            super(message);
        }
    }

    /**
     * {@return the physical address behind one of the kernel's}
     *
     * @param address in the image's window or in that of all RAM
     */
    public long physical(final long address) {
        final long physical = address - (address >= KernelMemory.KERNEL_BASE && address < 0
                ? KernelMemory.KERNEL_BASE : KernelMemory.DIRECT_BASE);
        if (physical < 0 || physical > ram.byteSize() - Long.BYTES) {
            throw new LostException("pointer: 0x" + Long.toHexString(address) + " is no address of the kernel's");
        }
        return physical;
    }

    /**
     * {@return the 64 bits at an address}
     *
     * @param address the kernel's
     */
    public long word(final long address) {
        return ram.get(WORD, physical(address));
    }

    /**
     * {@return the 32 bits at an address}
     *
     * @param address the kernel's
     */
    public int half(final long address) {
        return ram.get(HALF, physical(address));
    }

    /**
     * {@return the 64 bits at a physical address}
     *
     * @param address physical
     */
    public long physicalWord(final long address) {
        return ram.get(WORD, address);
    }

    /**
     * {@return the address of something that the kernel's sources name}
     *
     * @param symbol its name
     */
    public long symbol(final String symbol) {
        return image.symbols().byName(symbol).orElseThrow().address();
    }

    /**
     * {@return whether the kernel's sources name something so}
     *
     * @param symbol its name
     */
    public boolean has(final String symbol) {
        return image.symbols().byName(symbol).isPresent();
    }

    /**
     * {@return a 64-bit variable}
     *
     * @param symbol its name
     */
    public long variable(final String symbol) {
        return word(symbol(symbol));
    }

    /**
     * {@return all that a list has}
     *
     * @param what  the list, for messages
     * @param first its first member or 0
     * @param next  from a member to the next or 0
     */
    public List<Long> list(final String what, final long first, final LongUnaryOperator next) {
        final List<Long> members = new ArrayList<>();
        for (long member = first; member != 0; member = next.applyAsLong(member)) {
            if (members.size() == MOST_LINKS) {
                throw new LostException("list: " + what + " does not end");
            }
            members.add(member);
        }
        return members;
    }

    /**
     * {@return the entry that maps an address, or one on the way there that is not present}
     *
     * @param cr3     of the address space
     * @param address virtual
     */
    public long leaf(final long cr3, final long address) {
        long table = cr3 & FRAME_MASK;
        for (int shift = ROOT_SHIFT;; shift -= INDEX_BITS) {
            final long entry = ram.get(WORD, table + (address >>> shift & INDEX_MASK) * Long.BYTES);
            if (shift == PAGE_SHIFT || (entry & PRESENT) == 0 || (entry & LARGE) != 0) {
                return entry;
            }
            table = entry & FRAME_MASK;
        }
    }

    /**
     * {@return the 32 bits at a physical address}
     *
     * @param address physical
     */
    public int physicalHalf(final long address) {
        return ram.get(HALF, address);
    }

    /**
     * {@return the physical address behind a virtual one, if it is one of RAM with 64 bits behind it}
     *
     * @param cr3     of the address space
     * @param address virtual
     */
    public OptionalLong translate(final long cr3, final long address) {
        long table = cr3 & FRAME_MASK;
        for (int shift = ROOT_SHIFT; table <= ram.byteSize() - PAGE; shift -= INDEX_BITS) {
            final long entry = ram.get(WORD, table + (address >>> shift & INDEX_MASK) * Long.BYTES);
            if ((entry & PRESENT) == 0) {
                break;
            }
            if (shift == PAGE_SHIFT || (entry & LARGE) != 0) {
                final long inside = (1L << shift) - 1;
                final long physical = entry & FRAME_MASK & ~inside | address & inside;
                return physical <= ram.byteSize() - Long.BYTES ? OptionalLong.of(physical) : OptionalLong.empty();
            }
            table = entry & FRAME_MASK;
        }
        return OptionalLong.empty();
    }

    /**
     * {@return the entries that map pages of the lower half, by virtual address, without the bits that the CPU sets}
     *
     * @param cr3 of the address space
     */
    public SortedMap<Long, Long> userPages(final long cr3) {
        final SortedMap<Long, Long> pages = new TreeMap<>();
        walk(cr3 & FRAME_MASK, ROOT_SHIFT, 0, pages);
        return pages;
    }

    private void walk(final long table, final int shift, final long base, final Map<Long, Long> pages) {
        final int entries = 1 << (shift == ROOT_SHIFT ? INDEX_BITS - 1 : INDEX_BITS);
        for (int i = 0; i < entries; i++) {
            final long entry = ram.get(WORD, table + (long) i * Long.BYTES);
            final long address = base | (long) i << shift;
            if ((entry & PRESENT) == 0) {
                continue;
            }
            if (shift == PAGE_SHIFT || (entry & LARGE) != 0) {
                pages.put(address, entry & ~USED);
            } else {
                walk(entry & FRAME_MASK, shift - INDEX_BITS, address, pages);
            }
        }
    }

    /** {@return RAM, page frames} */
    public int frames() {
        return (int) (ram.byteSize() / PAGE);
    }
}
