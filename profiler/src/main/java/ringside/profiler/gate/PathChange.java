package ringside.profiler.gate;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One path beside its baseline.
 *
 * @param name    of it
 * @param before  the baseline's; empty where the path is new
 * @param after   the run's; empty where it is missing
 * @param metrics each number of either, by name
 */
public record PathChange(String name, Optional<MeasuredPath> before, Optional<MeasuredPath> after,
        List<MetricChange> metrics) {
    /** Copies the list. */
    public PathChange {
        Objects.requireNonNull(name, "name");
        metrics = List.copyOf(metrics);
    }

    /** {@return whether the gate stays shut for it} */
    public boolean fails() {
        return metrics.stream().anyMatch(metric -> metric.fate().fails());
    }

    /** {@return whether any number is not what it was} */
    public boolean changed() {
        return metrics.stream().anyMatch(metric -> metric.fate() != MetricChange.Fate.SAME);
    }

    /** {@return the numbers for which the gate stays shut, those that grew by the largest share first} */
    public List<MetricChange> failures() {
        return metrics.stream().filter(metric -> metric.fate().fails())
                .sorted(Comparator.comparingDouble(MetricChange::share).reversed()
                        .thenComparing(MetricChange::metric)).toList();
    }

    /** {@return by what share the number grew that grew most; negative where all that changed are less} */
    public double worst() {
        return metrics.stream().mapToDouble(MetricChange::share).max().orElse(0);
    }

    /** {@return its instructions held against the baseline's; empty where either side has none} */
    public Optional<PathDiff> diff() {
        return before.filter(path -> !path.steps().isEmpty())
                .flatMap(old -> after.filter(path -> !path.steps().isEmpty())
                .map(now -> PathDiff.of(old.steps(), now.steps())));
    }
}
