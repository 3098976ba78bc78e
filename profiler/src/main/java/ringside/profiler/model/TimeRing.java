package ringside.profiler.model;

/**
 * A queue whose places are given back in the order in which they were taken: reorder buffer, load queue, store queue.
 */
final class TimeRing {
    private final long[] free;
    private int next;

    /**
     * Makes an empty one.
     *
     * @param places how many
     */
    TimeRing(final int places) {
        free = new long[places];
    }

    /** {@return the cycle from which on there is a place for one more} */
    long available() {
        return free[next];
    }

    /**
     * Takes that place.
     *
     * @param until the cycle in which it is given back
     */
    void take(final long until) {
        free[next] = until;
        next = next + 1 == free.length ? 0 : next + 1;
    }
}
