package ringside.console.repl.stop;

/** How many steps a session may still go forward, so that what nobody watches ends. */
public final class Allowance {
    /** Steps that a way forward takes of it at least: there may not be any number of ways of no steps. */
    static final long LEAST = 100_000;

    private static final long STEP = 1000;

    private long whole = Long.MAX_VALUE;
    private long left = Long.MAX_VALUE;

    /**
     * Sets it.
     *
     * @param steps at least 1; {@link Long#MAX_VALUE} for as many as it takes
     */
    public void set(final long steps) {
        whole = steps;
        left = steps;
    }

    /** {@return steps that are left} */
    public long left() {
        return left;
    }

    /** {@return whether there is no limit} */
    boolean isEndless() {
        return whole == Long.MAX_VALUE;
    }

    /** One step is taken by itself, for which much is gone to and fro. */
    void step() {
        if (left == 0) {
            throw spent("");
        }
        if (!isEndless()) {
            left = Math.max(0, left - STEP);
        }
    }

    /** {@return how many of some steps there may be, which are taken} */
    long steps(final long times) {
        if (isEndless()) {
            return times;
        }
        final long most = Math.min(times, Math.ceilDiv(left, STEP));
        left = Math.max(0, left - most * STEP);
        return most;
    }

    /** A way forward went so far. */
    void spend(final long steps) {
        if (!isEndless()) {
            left = Math.max(0, left - Math.max(LEAST, steps));
        }
    }

    /**
     * Refuses a way that is longer than what is left.
     *
     * @param steps of it
     */
    public void require(final long steps) {
        if (steps > left) {
            throw spent("");
        }
    }

    /** {@return that all of it is spent} */
    SpentException spent(final String where) {
        return new SpentException("the budget of " + whole + " steps is spent" + where);
    }
}
