package ringside.profiler.model;

/**
 * Stores that may not have reached the cache when a load looks for them: by the 8 bytes that they lie in. A later store
 * to the same place, or to another one of the same number modulo the size, takes an entry's place.
 */
final class RecentStores {
    private static final int ENTRIES = 1 << 9;
    private static final int SHIFT = 3;
    private static final int INSIDE = 7;

    private final long[] place = new long[ENTRIES];
    private final long[] data = new long[ENTRIES];
    private final long[] commit = new long[ENTRIES];
    private final byte[] bytes = new byte[ENTRIES];
    private final boolean[] vector = new boolean[ENTRIES];

    private static int mask(final long address, final int size) {
        return (1 << size) - 1 << ((int) address & INSIDE) & 0xFF;
    }

    /**
     * Adds a store.
     *
     * @param address physical
     * @param size    bytes, up to 64
     * @param ready   the cycle in which its data is known
     * @param done    the cycle in which it is in the cache
     * @param wide    whether it is of a vector register
     */
    void add(final long address, final int size, final long ready, final long done, final boolean wide) {
        long at = address;
        int left = size;
        while (left > 0) {
            final int here = Math.min(left, INSIDE + 1 - ((int) at & INSIDE));
            final int entry = (int) (at >>> SHIFT) & ENTRIES - 1;
            place[entry] = at >>> SHIFT;
            bytes[entry] = (byte) mask(at, here);
            data[entry] = ready;
            commit[entry] = done;
            vector[entry] = wide;
            at += here;
            left -= here;
        }
    }

    /**
     * {@return the entry of a store that overlaps a load's first 8 bytes and is not in the cache by a cycle, or -1}
     *
     * @param address physical
     * @param size    bytes
     * @param cycle   in which the load looks
     */
    int find(final long address, final int size, final long cycle) {
        final int entry = (int) (address >>> SHIFT) & ENTRIES - 1;
        return place[entry] == address >>> SHIFT && commit[entry] > cycle && (bytes[entry] & mask(address, size)) != 0
                ? entry : -1;
    }

    /** {@return whether the first byte that the store has here is the load's first one} */
    boolean beginsAt(final int entry, final long address) {
        return Integer.numberOfTrailingZeros(bytes[entry] & 0xFF) == ((int) address & INSIDE) && bytes[entry] != 0;
    }

    /** {@return whether the store has all bytes of the load} */
    boolean covers(final int entry, final long address, final int size) {
        long at = address;
        int left = size;
        while (left > 0) {
            final int here = Math.min(left, INSIDE + 1 - ((int) at & INSIDE));
            final int other = (int) (at >>> SHIFT) & ENTRIES - 1;
            final int wanted = mask(at, here);
            if (place[other] != at >>> SHIFT || commit[other] != commit[entry] || (bytes[other] & wanted) != wanted) {
                return false;
            }
            at += here;
            left -= here;
        }
        return true;
    }

    boolean isVector(final int entry) {
        return vector[entry];
    }

    long data(final int entry) {
        return data[entry];
    }

    long commit(final int entry) {
        return commit[entry];
    }
}
