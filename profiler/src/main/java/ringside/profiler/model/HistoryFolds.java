package ringside.profiler.model;

/**
 * Histories of branches of several lengths, each folded into a few bits by exclusive or and kept up to date a branch at
 * a time (Michaud, "A PPM-like, tag-based branch predictor", JILP 2005).
 */
final class HistoryFolds {
    private final int width;
    private final int mask;
    private final int[] places;
    private final int[] folded;

    HistoryFolds(final int[] lengths, final int width) {
        this.width = width;
        mask = (1 << width) - 1;
        places = new int[lengths.length];
        folded = new int[lengths.length];
        for (int i = 0; i < lengths.length; i++) {
            places[i] = lengths[i] % width;
        }
    }

    int value(final int history) {
        return folded[history];
    }

    /**
     * Adds a branch to one of them.
     *
     * @param history which
     * @param in      its outcome, 0 or 1
     * @param out     that of the branch that is too old now
     */
    void add(final int history, final int in, final int out) {
        int value = folded[history] << 1 | in;
        value ^= out << places[history];
        value ^= value >>> width;
        folded[history] = value & mask;
    }
}
