package ringside.profiler.profile;

import org.HdrHistogram.Histogram;

/** Collects numbers of cycles into a {@link Distribution}. */
final class Tally {
    private static final int DIGITS = 3;

    private final Histogram histogram = new Histogram(DIGITS);
    private long count;
    private long sum;
    private long min = Long.MAX_VALUE;
    private long max;

    /**
     * Adds one.
     *
     * @param value 0 or more
     */
    void add(final long value) {
        histogram.recordValue(value);
        count++;
        sum += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
    }

    Distribution distribution() {
        return count == 0 ? new Distribution(0, 0, 0, 0, 0, 0, 0)
            : new Distribution(count, sum, min, percentile(50), percentile(90), percentile(99), max);
    }

    /** A histogram knows the end of the range that a number is in; nothing is beyond the extremes. */
    private long percentile(final double percent) {
        return Math.clamp(histogram.getValueAtPercentile(percent), min, max);
    }
}
