package ringside.profiler.profile;

import java.util.Arrays;

/**
 * From which round on a repeated path costs what it goes on to cost. Two rules, the first that holds counts:
 *
 * <ol>
 * <li><b>Repeats:</b> every round from there to the last costs exactly as much as the one {@code period} rounds
 * before it, with a period of at most {@value #MOST_PERIOD}, over at least {@value #LEAST} rounds.
 * <li><b>Steady:</b> the median of any {@value #WINDOW} rounds in a row from there on is within a hundredth, or a
 * cycle, of the median of the last {@value #LEAST} rounds.
 * </ol>
 *
 * @param rounds how many were looked at
 * @param after  rounds before that; {@code rounds} where it has not settled
 * @param period of the repetition; 0 where the cost is steady and does not repeat, or has not settled
 */
public record Settling(int rounds, int after, int period) {
    static final int MOST_PERIOD = 4;
    static final int LEAST = 16;
    static final int WINDOW = 8;
    private static final int HUNDREDTH = 100;

    /** {@return whether the cost came to a rest} */
    public boolean settled() {
        return after < rounds;
    }

    /**
     * {@return where a series of rounds settled}
     *
     * @param cycles of each round, in their order
     */
    public static Settling of(final long... cycles) {
        int after = cycles.length;
        int period = 0;
        for (int p = 1; p <= MOST_PERIOD; p++) {
            final int from = repeatsFrom(cycles, p);
            if (cycles.length - from >= LEAST && from < after) {
                after = from;
                period = p;
            }
        }
        return period > 0 ? new Settling(cycles.length, after, period)
            : new Settling(cycles.length, steadyFrom(cycles), 0);
    }

    private static int repeatsFrom(final long[] cycles, final int period) {
        int from = Math.max(0, cycles.length - period);
        while (from > 0 && cycles[from - 1] == cycles[from - 1 + period]) {
            from--;
        }
        return from;
    }

    private static int steadyFrom(final long[] cycles) {
        if (cycles.length < LEAST) {
            return cycles.length;
        }
        final long end = median(cycles, cycles.length - LEAST, LEAST);
        int from = cycles.length - WINDOW + 1;
        while (from > 0 && Math.abs(median(cycles, from - 1, WINDOW) - end) <= Math.max(1, end / HUNDREDTH)) {
            from--;
        }
        return cycles.length - from >= LEAST ? from : cycles.length;
    }

    /** {@return the lower one of the two in the middle} */
    static long median(final long[] cycles, final int from, final int count) {
        final long[] sorted = Arrays.copyOfRange(cycles, from, from + count);
        Arrays.sort(sorted);
        return sorted[(count - 1) / 2];
    }
}
