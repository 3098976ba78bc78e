package ringside.fastpath.interleave;

/**
 * One operation of an actor, from its call to its return.
 *
 * @param cpu      whose
 * @param kind     what it does: a number that the actors and the model agree on
 * @param argument what it was called with
 * @param result   what it returned; by convention 0 where it could not be done (full, empty)
 * @param value    a second result, e.g. what was taken out
 * @param called   when, in the order of all calls and returns
 * @param returned when; {@link #NEVER} where it did not
 */
public record Operation(int cpu, int kind, long argument, long result, long value, int called, int returned) {
    /** The return of an operation that did not. */
    public static final int NEVER = Integer.MAX_VALUE;

    /** {@return whether it returned} */
    public boolean isDone() {
        return returned != NEVER;
    }

    /** {@return the same, returned at a moment} */
    Operation returnedAt(final int moment) {
        return new Operation(cpu, kind, argument, result, value, called, moment);
    }
}
