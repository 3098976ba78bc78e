package ringside.profiler.trace;

/** How much a trace holds at most: who writes keeps to it, and who reads believes no more. */
public final class TraceLimits {
    /** Checkpoints. */
    public static final int CHECKPOINTS = 20_000;
    /** Ticks, of all stretches together. */
    public static final int TICKS = 1 << 20;
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
}
