package ringside.profiler.profile;

/**
 * How a number of cycles was distributed. Count, sum and extremes are exact; percentiles are those of an HdrHistogram
 * with three digits: exact up to 2047, and at most 0.1 % above beyond that.
 *
 * @param count how many
 * @param sum   of all
 * @param min   the least, 0 where there were none
 * @param p50   half are at most this
 * @param p90   nine of ten are at most this
 * @param p99   99 of 100 are at most this
 * @param max   the most
 */
public record Distribution(long count, long sum, long min, long p50, long p90, long p99, long max) {
    /** {@return the mean, rounded to the nearest whole number, 0 where there were none} */
    public long average() {
        return count == 0 ? 0 : Math.floorDiv(2 * sum + count, 2 * count);
    }

    /**
     * {@return the distribution of some numbers}
     *
     * @param values none of them negative
     */
    public static Distribution of(final long... values) {
        final Tally tally = new Tally();
        for (final long value : values) {
            tally.add(value);
        }
        return tally.distribution();
    }
}
