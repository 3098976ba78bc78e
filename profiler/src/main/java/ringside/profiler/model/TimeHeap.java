package ringside.profiler.model;

/** A queue whose places are given back in any order: a scheduler, whose entries leave when they are issued. */
final class TimeHeap {
    /** A binary heap, the earliest time first. */
    private final long[] free;

    /**
     * Makes an empty one.
     *
     * @param places how many
     */
    TimeHeap(final int places) {
        free = new long[places];
    }

    /** {@return the cycle from which on there is a place for one more} */
    long available() {
        return free[0];
    }

    /**
     * Takes that place.
     *
     * @param until the cycle in which it is given back
     */
    void take(final long until) {
        final int count = free.length;
        int at = 0;
        int child = 1;
        while (child < count) {
            if (child + 1 < count && free[child + 1] < free[child]) {
                child++;
            }
            if (free[child] >= until) {
                break;
            }
            free[at] = free[child];
            at = child;
            child = 2 * at + 1;
        }
        free[at] = until;
    }
}
