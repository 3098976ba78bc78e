package ringside.profiler.model;

/**
 * Predicts where indirect branches go: by the address and the path that led there, a long one where a short one was
 * wrong before, and where no path is known by the address alone.
 */
final class TargetPredictor {
    private static final int SHIFT = 5;
    /** The longer path reaches back as many branches as this goes into a word. */
    private static final int FAR_SHIFT = 3;
    private static final long FAR_FACTOR = 0xD6E8_FEB8_6659_FD93L;
    private static final int WIDTH = 27;
    private static final int HASH_BITS = 24;

    private final long[] byAddress;
    private final long[] byPath;
    private final boolean[] varied;
    private final long[] tags;
    private final long[] byFarPath;
    private final long[] farTags;
    private final int mask;
    private int path;
    private long far;

    /**
     * Makes one that knows nothing.
     *
     * @param entries of each of its tables, a power of two
     */
    TargetPredictor(final int entries) {
        byAddress = new long[entries];
        byPath = new long[entries];
        tags = new long[entries];
        varied = new boolean[entries];
        byFarPath = new long[entries];
        farTags = new long[entries];
        mask = entries - 1;
    }

    /** {@return whether a branch went there every time so far} */
    boolean sameAsEver(final long address, final long target) {
        final int base = hash(address) & mask;
        return byAddress[base] == target && !varied[base];
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
        final long farKey = address * FAR_FACTOR ^ far;
        final int farPlace = hash(farKey) & mask;
        final boolean farKnown = farTags[farPlace] == farKey;
        final boolean right = (farKnown ? byFarPath[farPlace] : known ? byPath[place] : byAddress[base]) == target;
        if (farKnown || !right) {
            farTags[farPlace] = farKey;
            byFarPath[farPlace] = target;
        }
        varied[base] |= byAddress[base] != 0 && byAddress[base] != target;
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
        far = far << FAR_SHIFT ^ target ^ target >>> SHIFT;
        path = (path << SHIFT ^ (int) target ^ (int) (target >>> SHIFT)) & (1 << WIDTH) - 1;
    }

    private static int hash(final long key) {
        return (int) (key * 0x9E37_79B9_7F4A_7C15L >>> Long.SIZE - HASH_BITS);
    }
}
