package ringside.fastpath.lab;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import ringside.profiler.model.Cause;
import ringside.profiler.model.Microarchitecture;

/** How metrics are called: {@code [WINDOW:]METRIC[.STATISTIC]}. */
public final class MetricName {
    static final String INSTRUCTIONS = "instructions";
    static final String KERNEL = "kernel_instructions";
    static final String USER = "user_instructions";
    static final String LINES = "lines";
    static final String READS = "reads";
    static final String WRITES = "writes";
    static final String CYCLES = "cycles";
    static final String ROUNDS = "rounds";
    static final String COUNTER = "counter.";
    private static final String CAUSE = "cause.";
    private static final Set<String> COUNTS =
            Set.of(INSTRUCTIONS, KERNEL, USER, LINES, READS, WRITES, CYCLES, ROUNDS);

    private MetricName() {
    }

    /** {@return the window that a name is of} */
    public static String window(final String name) {
        final int colon = name.indexOf(':');
        return colon < 0 ? Declaration.OP : name.substring(0, colon);
    }

    /** {@return a name without its window} */
    public static String metric(final String name) {
        return name.substring(name.indexOf(':') + 1);
    }

    /** {@return a model's name in names of metrics} */
    static String model(final Microarchitecture make) {
        return make.id().replaceFirst("-[0-9]+$", "").replaceAll("[^A-Za-z0-9_]", "_");
    }

    static String cycles(final Microarchitecture make) {
        return CYCLES + "." + model(make);
    }

    static String cold(final Microarchitecture make) {
        return "cold." + model(make);
    }

    static String first(final Microarchitecture make) {
        return "first." + model(make);
    }

    static String cause(final Microarchitecture make, final Cause cause) {
        return causes(make) + cause.title().replace(' ', '_');
    }

    /** {@return of cycles of no instruction: an event's delivery, waiting} */
    static String otherCause(final Microarchitecture make) {
        return causes(make) + "other";
    }

    static String causes(final Microarchitecture make) {
        return CAUSE + model(make) + ".";
    }

    /** {@return a name without its statistic, if it has one} */
    static Optional<String> withoutStatistic(final String metric) {
        final int dot = metric.lastIndexOf('.');
        return dot > 0 && Spread.STATISTICS.contains(metric.substring(dot + 1))
                ? Optional.of(metric.substring(0, dot)) : Optional.empty();
    }

    /** {@return whether a run can have it; what a guest counts is known only then} */
    static boolean isKnown(final String name, final List<Microarchitecture> models) {
        final String metric = metric(name);
        return isMetric(metric, models) || withoutStatistic(metric).filter(one -> isMetric(one, models)).isPresent();
    }

    private static boolean isMetric(final String metric, final List<Microarchitecture> models) {
        return COUNTS.contains(metric) || metric.startsWith(COUNTER)
                || models.stream().anyMatch(make -> metric.equals(cycles(make)) || metric.equals(cold(make))
                        || metric.equals(first(make)) || metric.equals(otherCause(make))
                        || Arrays.stream(Cause.values()).anyMatch(cause -> metric.equals(cause(make, cause))));
    }

    /** {@return a text for a table's head} */
    static String title(final String metric) {
        return metric.replace('_', ' ').toLowerCase(Locale.ROOT);
    }
}
