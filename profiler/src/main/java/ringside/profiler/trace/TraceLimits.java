package ringside.profiler.trace;

/** How much a trace holds at most: who writes keeps to it, and who reads believes no more. */
public final class TraceLimits {
    /** Checkpoints. */
    public static final int CHECKPOINTS = 20_000;
    /** Ticks, of all stretches together. */
    public static final int TICKS = 1 << 20;
    /** Steps from one tick or checkpoint to the next, before the last tick that a trace has room for. */
    public static final long TICK = 100_000;
    /** Steps that a machine may go beyond where it was to stop: a reset is a million, and nothing comes between. */
    public static final long BEYOND = 8_000_000;
    /** Checkpoints behind which their distance is doubled, of those behind the first half of all. */
    public static final int DOUBLED_AFTER = 500;
    /** Entries of input, and bytes of it. */
    public static final int INPUT_ENTRIES = 1_000_000;
    /** Bytes of input. */
    public static final int INPUT_BYTES = 64 << 20;
    /** Rows of counted events in a stretch, the one for all others included. */
    public static final int ROWS_OF_STRETCH = 257;
    /** Rows of counted events in all stretches together. */
    public static final int ROWS = 1 << 20;
    /** Symbols. */
    public static final int SYMBOLS = 1 << 16;
    /** Bytes of all symbols. */
    public static final int SYMBOL_BYTES = 8 << 20;
    /** Probes. */
    public static final int PROBES = 1 << 16;
    /** Options and their values. */
    public static final int ARGUMENTS = 256;
    /** Bytes of a text. */
    public static final int TEXT = 64 << 10;
    /** vCPUs. */
    public static final int CPUS = 16;
    /** Registers of a vCPU. */
    public static final int REGISTERS = 48;

    private TraceLimits() {
    }

    /**
     * {@return how many steps come between two checkpoints} As planned, and wider and wider when half of the
     * checkpoints that a trace holds are used up.
     *
     * @param planned     steps
     * @param checkpoints that are there
     */
    public static long interval(final long planned, final int checkpoints) {
        final int doublings = Math.max(0, checkpoints - CHECKPOINTS / 2) / DOUBLED_AFTER;
        return planned > Long.MAX_VALUE >> doublings ? Long.MAX_VALUE : planned << doublings;
    }
}
