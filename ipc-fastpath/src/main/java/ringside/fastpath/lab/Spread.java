package ringside.fastpath.lab;

import java.util.Arrays;
import java.util.List;

/**
 * How a number is distributed over rounds; all of it exact. A percentile is the least value that so many of a hundred
 * are not above.
 *
 * @param count how many
 * @param sum   of all
 * @param min   the least
 * @param p50   the median: of the two in the middle the lower one
 * @param p90   nine of ten are at most this
 * @param p99   99 of 100 are at most this
 * @param max   the most
 */
public record Spread(long count, long sum, long min, long p50, long p90, long p99, long max) {
    static final List<String> STATISTICS = List.of("min", "p50", "avg", "p90", "p99", "max", "sum", "count");
    private static final int PERCENT = 100;

    /**
     * {@return the distribution of some numbers}
     *
     * @param values at least one
     */
    public static Spread of(final long... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("of nothing there is no distribution: values=0");
        }
        final long[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Spread(sorted.length, Arrays.stream(sorted).sum(), sorted[0], percentile(sorted, 50),
                percentile(sorted, 90), percentile(sorted, 99), sorted[sorted.length - 1]);
    }

    private static long percentile(final long[] sorted, final int percent) {
        return sorted[(int) (((long) sorted.length * percent + PERCENT - 1) / PERCENT) - 1];
    }

    /** {@return whether all were the same} */
    public boolean isExact() {
        return min == max;
    }

    /** {@return the mean} */
    public double average() {
        return (double) sum / count;
    }

    /** {@return a statistic of {@link #STATISTICS}} */
    double statistic(final String name) {
        return switch (name) {
            case "min" -> min;
            case "p50" -> p50;
            case "avg" -> average();
            case "p90" -> p90;
            case "p99" -> p99;
            case "max" -> max;
            case "sum" -> sum;
            case "count" -> count;
            default -> throw new IllegalArgumentException("no such statistic: name=" + name);
        };
    }
}
