package ringside.fastpath.lab;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import ringside.profiler.profile.Trial;

/**
 * What one window cost in one trial of one variant at one combination of parameters, on all CPUs together.
 *
 * @param variant  whose
 * @param point    at which parameters, the numbers that the guest named the trial by among them
 * @param trial    as the guest named it
 * @param window   the window's name
 * @param warmUp   rounds that are left out at the beginning, on each CPU
 * @param excluded rounds that are left out because something fell into them, by what fell in
 * @param metrics  by name, in the order of reports
 * @param settled  rounds after which the cost under each model was at rest, by the model's name; only where all
 *                 rounds are the same in what they execute
 */
public record LabRow(String variant, Point point, Trial trial, String window, int warmUp,
        SortedMap<String, Integer> excluded, SequencedMap<String, Spread> metrics,
        SortedMap<String, Integer> settled) {
    /** Copies the collections. */
    public LabRow {
        excluded = Collections.unmodifiableSortedMap(new TreeMap<>(excluded));
        metrics = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metrics));
        settled = Collections.unmodifiableSortedMap(new TreeMap<>(settled));
    }

    /** {@return how many rounds are reported} */
    public long rounds() {
        return metrics.get(MetricName.INSTRUCTIONS).count();
    }
}
