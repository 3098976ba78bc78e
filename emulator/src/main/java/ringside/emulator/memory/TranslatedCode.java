package ringside.emulator.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Which bytes of RAM a CPU holds translations of, so that whoever writes there makes it forget them: a bit a byte, set
 * by any CPU's translation, and for each page the set of CPUs that translated from it.
 *
 * <p>Engines read and set both from machine code. <b>Invariant:</b> a translation that may still run has its bytes'
 * bits set and its CPU in its pages' sets; and a CPU stores past this map only into pages whose set is empty. Bits and
 * sets may be larger than needed: that costs a look, never a stale instruction.
 *
 * <p>Host memory is taken only for pages with code.
 */
public final class TranslatedCode {
    /** How many CPUs a RAM can have. */
    public static final int MOST_CPUS = Long.SIZE;

    /** A CPU's translations, and what it remembers of where it may store. Not called for the CPU's own accesses. */
    public interface Holder {
        /**
         * Forgets the translations of some bytes, before it next enters one.
         *
         * @param physical first byte
         * @param bytes    how many, inside one page
         */
        void forget(long physical, long bytes);

        /**
         * Forgets that it may store to some bytes without a look at the maps.
         *
         * @param physical first byte
         * @param bytes    how many
         */
        void watchStores(long physical, long bytes);
    }

    private static final int PAGE_SHIFT = 12;
    private static final int BITS_OF_PAGE = GuestRam.PAGE / Byte.SIZE;

    private final MemorySegment bits;
    private final MemorySegment sets;
    private final Holder[] holders = new Holder[MOST_CPUS];

    TranslatedCode(final long bytes, final Arena arena) {
        // A look at a store's bits loads 16 of them, so there are 8 more.
        bits = HostMemory.map(bytes / Byte.SIZE + GuestRam.PAGE).reinterpret(arena, HostMemory::unmap);
        sets = HostMemory.map((bytes >> PAGE_SHIFT) * Long.BYTES).reinterpret(arena, HostMemory::unmap);
    }

    /** {@return a bit for each byte of RAM, the lowest first} */
    public MemorySegment bits() {
        return bits;
    }

    /** {@return 8 bytes a page: the CPUs that translated from it, a bit for the place that {@link #add} gave} */
    public MemorySegment sets() {
        return sets;
    }

    /**
     * Adds a CPU.
     *
     * @param holder its translations; none yet
     * @return its place, 0 to 63
     */
    public int add(final Holder holder) {
        for (int place = 0; place < MOST_CPUS; place++) {
            if (holders[place] == null) {
                holders[place] = holder;
                return place;
            }
        }
        throw new IllegalArgumentException("a RAM has at most " + MOST_CPUS + " CPUs");
    }

    /**
     * Removes a CPU and its translations.
     *
     * @param place as {@link #add} gave it
     */
    public void remove(final int place) {
        forgotten(place);
        holders[place] = null;
    }

    /**
     * Takes note that a CPU holds no translations any more.
     *
     * @param place as {@link #add} gave it
     */
    public void forgotten(final int place) {
        for (long page = 0; page < sets.byteSize() / Long.BYTES; page++) {
            final long set = sets.getAtIndex(ValueLayout.JAVA_LONG, page);
            if ((set & 1L << place) != 0) {
                without(page, set & ~(1L << place));
            }
        }
    }

    /**
     * Takes note that a CPU holds no translation from a page any more.
     *
     * @param place as {@link #add} gave it
     * @param page  its number
     */
    public void forgotten(final int place, final long page) {
        without(page, sets.getAtIndex(ValueLayout.JAVA_LONG, page) & ~(1L << place));
    }

    private void without(final long page, final long set) {
        sets.setAtIndex(ValueLayout.JAVA_LONG, page, set);
        if (set == 0) {
            bits.asSlice(page * BITS_OF_PAGE, BITS_OF_PAGE).fill((byte) 0);
        }
    }

    /**
     * Takes note that a page has code now and had none: from here on every CPU's stores there are looked at.
     *
     * @param page its number
     */
    public void appeared(final long page) {
        watchStores(page << PAGE_SHIFT, GuestRam.PAGE);
    }

    /** Enters a page for a holder that translates nothing, so that every CPU's stores there are looked at. */
    void held(final int place, final long page) {
        sets.setAtIndex(ValueLayout.JAVA_LONG, page, sets.getAtIndex(ValueLayout.JAVA_LONG, page) | 1L << place);
        appeared(page);
    }

    /** Makes every CPU look at the maps before its next store to some bytes. */
    void watchStores(final long physical, final long bytes) {
        for (final Holder holder : holders) {
            if (holder != null) {
                holder.watchStores(physical, bytes);
            }
        }
    }

    /**
     * Takes note of a write, so that no CPU runs the old code.
     *
     * @param physical first byte, in RAM
     * @param bytes    how many, in RAM
     * @param except   the place of the CPU that stored, which looks after its own translations; or -1
     */
    public void written(final long physical, final long bytes, final int except) {
        final long end = physical + bytes;
        long first = physical;
        while (first < end) {
            final long next = Math.min(end, (first | GuestRam.PAGE - 1) + 1);
            long set = sets.getAtIndex(ValueLayout.JAVA_LONG, first >> PAGE_SHIFT);
            if (set != 0 && clear(first, next)) {
                for (; set != 0; set &= set - 1) {
                    final int place = Long.numberOfTrailingZeros(set);
                    if (place != except && holders[place] != null) {
                        holders[place].forget(first, next - first);
                    }
                }
            }
            first = next;
        }
    }

    private boolean clear(final long first, final long end) {
        boolean found = false;
        for (long at = first; at < end; at++) {
            final int octet = bits.get(ValueLayout.JAVA_BYTE, at >> 3);
            final int bit = 1 << (int) (at & 7);
            if ((octet & bit) != 0) {
                bits.set(ValueLayout.JAVA_BYTE, at >> 3, (byte) (octet & ~bit));
                found = true;
            }
        }
        return found;
    }
}
