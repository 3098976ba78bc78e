package ringside.profiler.model;

/**
 * A long history of branches, folded into a few bits by exclusive or, kept up to date a branch at a time (Michaud,
 * "A PPM-like, tag-based branch predictor", JILP 2005).
 */
final class HistoryFold {
    private final int length;
    private final int width;
    private final int out;
    private int folded;

    HistoryFold(final int length, final int width) {
        this.length = length;
        this.width = width;
        out = length % width;
    }

    int value() {
        return folded;
    }

    /**
     * Adds a branch.
     *
     * @param history a ring of outcomes whose newest is at {@code newest}
     * @param newest  its place
     */
    void add(final byte[] history, final int newest) {
        folded = folded << 1 | history[newest & history.length - 1];
        folded ^= history[newest - length & history.length - 1] << out;
        folded ^= folded >>> width;
        folded &= (1 << width) - 1;
    }
}
