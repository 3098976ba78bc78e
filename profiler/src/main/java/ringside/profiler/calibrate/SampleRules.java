package ringside.profiler.calibrate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Which samples count. The time stamp counter ticks at a constant rate and the core does not, so a sample is good only
 * if the chain of adds took as long behind it as before; and a busy sibling of the core takes execution units without
 * changing the clock, so the canary of independent adds must have its undisturbed time on either side.
 *
 * @param canary core cycles of an undisturbed round of the canary
 */
record SampleRules(double canary) {
    /** By how much the chain may differ before and behind. */
    static final double CLOCK_TOLERANCE = 0.005;
    /** By how much the canary may differ from its undisturbed time. */
    static final double CANARY_TOLERANCE = 0.02;
    /** The runs of a snippet may differ by this; else it has no figure. */
    static final double MOST_SPREAD = 0.02;
    /** A run of this length of which fewer samples agree says that the host is too busy. */
    private static final double LEAST_AGREEING = 0.05;
    private static final double QUIET_SHARE = 0.1;

    /**
     * {@return the rules for a host, of samples taken at any time: the fastest tenth of their canaries is undisturbed}
     *
     * @param samples of any work
     * @throws CalibrationException when hardly any two agree
     */
    static SampleRules of(final List<Sample> samples) {
        final double[] canaries = samples.stream().filter(SampleRules::steady)
                .mapToDouble(sample -> Math.min(sample.canaryBeforeCycles(), sample.canaryAfterCycles())).sorted()
                .toArray();
        if (canaries.length > 0) {
            final SampleRules rules = new SampleRules(canaries[(int) (canaries.length * QUIET_SHARE / 2)]);
            if (samples.stream().filter(rules::accepts).count() >= samples.size() * LEAST_AGREEING) {
                return rules;
            }
        }
        throw new CalibrationException("the host is too noisy to measure anything: of " + samples.size()
                + " samples of the clock alone " + canaries.length + " are steady, and fewer than "
                + Math.round(LEAST_AGREEING * 100) + " % agree");
    }

    private static boolean steady(final Sample sample) {
        return sample.clockBefore() > 0 && sample.clockAfter() > 0
                && within((double) sample.clockAfter() / sample.clockBefore(), 1, CLOCK_TOLERANCE);
    }

    /**
     * {@return whether a sample counts}
     *
     * @param sample any
     */
    boolean accepts(final Sample sample) {
        return steady(sample) && within(sample.canaryBeforeCycles(), canary, CANARY_TOLERANCE)
                && within(sample.canaryAfterCycles(), canary, CANARY_TOLERANCE);
    }

    private static boolean within(final double value, final double expected, final double tolerance) {
        return Math.abs(value - expected) <= tolerance * expected;
    }

    /**
     * {@return the result of a snippet's runs}
     *
     * @param runs     core cycles of an iteration, the median of each run
     * @param accepted samples in all
     * @param rejected samples in all
     */
    static NativeResult result(final double[] runs, final int accepted, final int rejected) {
        final double[] sorted = runs.clone();
        Arrays.sort(sorted);
        final double median = median(sorted);
        final double spread = (sorted[sorted.length - 1] - sorted[0]) / median;
        return spread <= MOST_SPREAD ? new NativeResult.Measured(median, spread, accepted, rejected)
                : new NativeResult.Dropped("its runs spread over " + percent(spread) + ":"
                        + Arrays.stream(runs).mapToObj(run -> String.format(Locale.ROOT, " %.2f", run))
                                .collect(Collectors.joining()), false);
    }

    private static String percent(final double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    /**
     * {@return the middle value, or the mean of the two in the middle}
     *
     * @param values at least one
     */
    static double median(final double[] values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
