package ringside.profiler.model;

/**
 * Predicts where indirect branches go: by the address and the path that led there, and where that is not known by the
 * address alone.
 */
final class TargetPredictor {
    private static final int SHIFT = 5;
    private static final int WIDTH = 27;
    private static final int HASH_BITS = 24;

    private final long[] byAddress;
    private final long[] byPath;
    private final long[] tags;
    private final int mask;
    private int path;

    /**
     * Makes one that knows nothing.
     *
     * @param entries of each of its tables, a power of two
     */
    TargetPredictor(final int entries) {
        byAddress = new long[entries];
        byPath = new long[entries];
        tags = new long[entries];
        mask = entries - 1;
    }

    /** {@return whether a branch went there the last time, too} */
    boolean sameAsLast(final long address, final long target) {
        return byAddress[hash(address) & mask] == target;
    }

    /**
     * {@return whether the prediction was right; the target is learnt}
     *
     * @param address of the branch
     * @param target  where it went
     */
    boolean branch(final long address, final long target) {
        final int base = hash(address) & mask;
        final long key = address ^ (long) path << Integer.SIZE;
        final int place = hash(key) & mask;
        final boolean known = tags[place] == key;
        final boolean right = (known ? byPath[place] : byAddress[base]) == target;
        byAddress[base] = target;
        tags[place] = key;
        byPath[place] = target;
        return right;
    }

    /**
     * A branch was taken, of whatever kind.
     *
     * @param target where to
     */
    void taken(final long target) {
        path = (path << SHIFT ^ (int) target ^ (int) (target >>> SHIFT)) & (1 << WIDTH) - 1;
    }

    private static int hash(final long key) {
        return (int) (key * 0x9E37_79B9_7F4A_7C15L >>> Long.SIZE - HASH_BITS);
    }
}
