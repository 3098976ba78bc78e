package ringside.profiler.model;

/**
 * Which core has a line of memory to write, and which have it to read (the directory of a MESI protocol). One for all
 * cores; entries that share a place in the table push each other out, and what was pushed out counts as nobody's.
 */
final class Directory {
    /** Answer of {@link #read} and {@link #write}: no other core has it in a way that matters. */
    static final int FREE = -1;

    private static final int BITS = 16;
    private static final int NOBODY = -1;

    private final long[] lines = new long[1 << BITS];
    private final int[] sharers = new int[1 << BITS];
    private final byte[] owners = new byte[1 << BITS];

    private int entry(final long line) {
        final int entry = (int) (line * 0x9E37_79B9_7F4A_7C15L >>> Long.SIZE - BITS);
        if (lines[entry] != line + 1) {
            lines[entry] = line + 1;
            sharers[entry] = 0;
            owners[entry] = NOBODY;
        }
        return entry;
    }

    /** {@return the core that has to give the line up to be read, or {@link #FREE}} */
    int read(final int core, final long line) {
        final int entry = entry(line);
        final int owner = owners[entry];
        sharers[entry] |= 1 << core;
        if (owner == NOBODY || owner == core) {
            return FREE;
        }
        owners[entry] = NOBODY;
        return owner;
    }

    /** {@return the cores that have to forget the line, a bit each; 0 for none} */
    int write(final int core, final long line) {
        final int entry = entry(line);
        final int others = sharers[entry] & ~(1 << core);
        sharers[entry] = 1 << core;
        owners[entry] = (byte) core;
        return others;
    }
}
