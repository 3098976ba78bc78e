package ringside.fastpath.interleave;

/**
 * One CPU's turn in a schedule.
 *
 * @param cpu          from 0
 * @param instructions how many it executes; {@link #TO_THE_END} until its actor is done, or is seen to spin
 * @param drained      how many of its stores that still wait reach the others afterwards, the oldest first; only where
 *                     stores wait. At the end of an actor all do
 */
public record Turn(int cpu, int instructions, int drained) {
    /** Until the actor is done. */
    public static final int TO_THE_END = Integer.MAX_VALUE;

    /** Refuses what is no turn. */
    public Turn {
        if (cpu < 0 || instructions < 1 || drained < 0) {
            throw new IllegalArgumentException(
                    "no such turn: cpu=" + cpu + " instructions=" + instructions + " drained=" + drained);
        }
    }

    /**
     * A turn after which no store reaches the others that did not before.
     *
     * @param cpu          from 0
     * @param instructions how many it executes
     */
    public Turn(final int cpu, final int instructions) {
        this(cpu, instructions, 0);
    }

    @Override
    public String toString() {
        return cpu + ":" + (instructions == TO_THE_END ? "*" : instructions) + (drained == 0 ? "" : "+" + drained);
    }
}
