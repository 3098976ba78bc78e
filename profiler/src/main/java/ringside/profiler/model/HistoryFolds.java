package ringside.profiler.model;

/**
 * The outcomes of the branches so far, and histories of several lengths of them, each folded by exclusive or into three
 * numbers of a few bits (Michaud, "A PPM-like, tag-based branch predictor", JILP 2005). A history's three are parts of
 * one number, so that a branch is added to all of them at once.
 */
final class HistoryFolds {
    /** The widest fold, bits. */
    static final int WIDEST = 20;

    private static final int OUTCOMES = 1024;
    private static final int PART = WIDEST + 1;
    /** The lowest bit of each part. */
    private static final long LOWEST = 1 | 1L << PART | 1L << 2 * PART;

    private final int firstWidth;
    private final int secondWidth;
    private final int thirdWidth;
    private final long mask;
    private final int[] lengths;
    /** For each history the bits in which an outcome is that gets too old. */
    private final long[] oldest;
    private final long[] folded;
    private final byte[] outcomes = new byte[OUTCOMES];
    private int newest;

    /**
     * Makes those of no branch.
     *
     * @param lengths branches of each history, fewer than 1024
     * @param widths  three, bits of what each is folded into
     */
    HistoryFolds(final int[] lengths, final int... widths) {
        this.lengths = lengths.clone();
        firstWidth = widths[0];
        secondWidth = PART + widths[1];
        thirdWidth = 2 * PART + widths[2];
        mask = (1L << firstWidth) - 1 | (1L << secondWidth) - (1L << PART) | (1L << thirdWidth) - (1L << 2 * PART);
        folded = new long[lengths.length];
        oldest = new long[lengths.length];
        for (int i = 0; i < lengths.length; i++) {
            for (int part = 0; part < widths.length; part++) {
                oldest[i] |= 1L << part * PART + lengths[i] % widths[part];
            }
        }
    }

    /** {@return the three folds of a history, for {@link #first} and its like} */
    long of(final int history) {
        return folded[history];
    }

    static int first(final long folds) {
        return (int) folds & (1 << PART) - 1;
    }

    static int second(final long folds) {
        return (int) (folds >>> PART) & (1 << PART) - 1;
    }

    static int third(final long folds) {
        return (int) (folds >>> 2 * PART);
    }

    /** Adds a branch to all of them. */
    void add(final boolean taken) {
        newest++;
        outcomes[newest & OUTCOMES - 1] = (byte) (taken ? 1 : 0);
        final long in = taken ? LOWEST : 0;
        for (int i = 0; i < folded.length; i++) {
            final long out = -outcomes[newest - lengths[i] & OUTCOMES - 1] & oldest[i];
            final long value = folded[i] << 1 ^ in ^ out;
            final long over = value >>> firstWidth & 1 | (value >>> secondWidth & 1) << PART
                    | (value >>> thirdWidth & 1) << 2 * PART;
            folded[i] = (value ^ over) & mask;
        }
    }
}
