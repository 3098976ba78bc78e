package ringside.profiler.model;

/**
 * A unit that takes an operation and no other one for a while, such as a divider: the times in which it is taken. An
 * operation that is ready early takes a gap between others that came before it in the program and began later, if it
 * is half as long as the operation: the unit would have made the others wait.
 *
 * <p>A number of them is kept; a gap before the oldest is forgotten.
 */
final class LongUnit {
    private static final int KEPT = 64;

    private final long[] from = new long[KEPT];
    private final long[] until = new long[KEPT];
    private int count;
    private long floor;

    /**
     * {@return the first cycle from one on in which it is free for a while}
     *
     * @param ready  the first cycle in which it could be
     * @param cycles for how long
     */
    long gap(final long ready, final int cycles) {
        long start = Math.max(ready, floor);
        for (int i = 0; i < count; i++) {
            if (2 * (from[i] - start) >= cycles) {
                return start;
            }
            start = Math.max(start, until[i]);
        }
        return start;
    }

    /** Takes a time that {@link #gap} found; what is in its way moves back, so that no time is given twice. */
    void take(final long start, final int cycles) {
        if (count == KEPT) {
            floor = until[0];
            System.arraycopy(from, 1, from, 0, KEPT - 1);
            System.arraycopy(until, 1, until, 0, KEPT - 1);
            count--;
        }
        int place = count++;
        for (; place > 0 && from[place - 1] > start; place--) {
            from[place] = from[place - 1];
            until[place] = until[place - 1];
        }
        from[place] = start;
        until[place] = start + cycles;
        for (int i = place + 1; i < count && from[i] < until[i - 1]; i++) {
            until[i] += until[i - 1] - from[i];
            from[i] = until[i - 1];
        }
    }
}
