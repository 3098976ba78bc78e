package ringside.profiler.profile;

/**
 * The arguments of one experiment's run inside the guest: what the registers of its first probe held.
 *
 * @param first  value of the probe's first register, 0 where it has none
 * @param second value of its second register
 * @param third  value of its third register
 */
public record Trial(long first, long second, long third) {
    @Override
    public String toString() {
        return "trial (" + first + ", " + second + ", " + third + ")";
    }
}
