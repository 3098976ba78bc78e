package ringside.emulator.machine;

/**
 * How much a run may do. Every run has one, so none hangs the host.
 *
 * @param steps instructions, exceptions and idle waits together, at least 1; a run may pass it by the rest of a block
 */
public record Budget(long steps) {
    /** Refuses a budget of nothing. */
    public Budget {
        if (steps < 1) {
            throw new IllegalArgumentException("a budget is at least one step: steps=" + steps);
        }
    }

    /**
     * {@return a budget of so many steps}
     *
     * @param steps at least 1
     */
    public static Budget steps(final long steps) {
        return new Budget(steps);
    }
}
