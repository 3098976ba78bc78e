package ringside.fastpath.interleave;

/**
 * What one CPU executed without a switch.
 *
 * @param cpu       which
 * @param addresses of the instructions, in order
 * @param waiting   stores that others did not see yet when it ended
 * @param next      address of the instruction that it stands before
 * @param done      whether its actor is done
 */
public record Leg(int cpu, long[] addresses, int waiting, long next, boolean done) {
}
