package ringside.fastpath.interleave;

/**
 * One CPU's turn in a schedule.
 *
 * @param cpu          from 0
 * @param instructions how many it executes; {@link #TO_THE_END} until its actor is done, or is seen to spin
 */
public record Turn(int cpu, int instructions) {
    /** Until the actor is done. */
    public static final int TO_THE_END = Integer.MAX_VALUE;

    /** Refuses what is no turn. */
    public Turn {
        if (cpu < 0 || instructions < 1) {
            throw new IllegalArgumentException("no such turn: cpu=" + cpu + " instructions=" + instructions);
        }
    }

    @Override
    public String toString() {
        return cpu + ":" + (instructions == TO_THE_END ? "*" : instructions);
    }
}
