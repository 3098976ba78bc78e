package ringside.fastpath.interleave;

/**
 * What one CPU executed without a switch.
 *
 * @param cpu       which
 * @param addresses of the instructions, in order
 * @param useful    how many of them come before a loop in which it waits, and once through that
 * @param waiting   stores that others did not see yet when it ended
 * @param next      address of the instruction that it stands before
 * @param done      whether its actor is done
 */
public record Leg(int cpu, long[] addresses, int useful, int waiting, long next, boolean done) {
    /** {@return whether it ended in a loop that waits for another CPU} */
    public boolean waits() {
        return useful < addresses.length;
    }
}
