package ringside.profiler.model;

/**
 * Stores on their way to the cache, in order: one a cycle, or two of up to 8 bytes in the same aligned 32. What they
 * cost was measured on Zen 4.
 */
final class CommittedStores {
    private static final int MERGED_SHIFT = 5;
    private static final int LINE_SHIFT = 6;
    private static final int PAGE_SHIFT = 12;
    /** Cycles that a store into two pages takes more. */
    private static final int CROSSES_PAGE = 33;

    private long last;
    private long merged = -1;
    private boolean joined;

    /** {@return the cycle in which the last one so far is in the cache} */
    long last() {
        return last;
    }

    /** Nothing goes to the cache before a cycle. */
    void upTo(final long cycle) {
        last = Math.max(last, cycle);
    }

    /** A fence takes its turn, and nothing is put together across it. */
    void fence(final long cycle) {
        last = Math.max(last, cycle) + 1;
        merged = -1;
    }

    static boolean crosses(final long address, final int bytes) {
        return address >>> LINE_SHIFT != address + bytes - 1 >>> LINE_SHIFT;
    }

    /**
     * {@return the cycle in which a store is in the cache}
     *
     * @param address physical
     * @param bytes   of it
     * @param from    the first cycle in which it could be
     */
    long commit(final long address, final int bytes, final long from) {
        final boolean alone = bytes > Long.BYTES || crosses(address, bytes);
        final boolean joins = from <= last && address >>> MERGED_SHIFT == merged && !joined
                && !crosses(address, bytes);
        joined = joins;
        merged = alone ? -1 : address >>> MERGED_SHIFT;
        if (!joins) {
            final boolean page = address >>> PAGE_SHIFT != address + bytes - 1 >>> PAGE_SHIFT;
            last = Math.max(from, last + 1) + (page ? CROSSES_PAGE : crosses(address, bytes) ? 1 : 0);
        }
        return last;
    }
}
