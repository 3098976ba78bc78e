package ringside.profiler.trace;

/**
 * A small checkpoint: what the vCPUs' registers and clocks were, in 32 bits.
 *
 * @param steps  before it
 * @param digest of registers and clocks
 */
public record Tick(long steps, int digest) {
    /**
     * {@return the digest of numbers in order}
     *
     * @param values registers and clocks
     */
    public static int digest(final long... values) {
        long mixed = values.length;
        for (final long value : values) {
            mixed = (mixed ^ value) * 0x9E37_79B9_7F4A_7C15L;
            mixed ^= mixed >>> 29;
        }
        mixed = (mixed ^ mixed >>> 32) * 0xBF58_476D_1CE4_E5B9L;
        return (int) (mixed ^ mixed >>> 32);
    }
}
