package ringside.profiler.profile;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One window of one trial, measured: {@code rounds} executions that all took this path and cost exactly this.
 *
 * @param trial    the trial it belongs to
 * @param window   the window's name
 * @param rounds   executions measured, at least 1
 * @param warmUp   executions skipped at the start
 * @param excluded executions not measured because something fell into them, by what fell in
 * @param counts   what one execution cost
 * @param path     the instructions of one execution, in order
 */
public record WindowProfile(
        Trial trial, String window, int rounds, int warmUp, SortedMap<String, Integer> excluded, WindowCounts counts,
        List<PathStep> path) {
    /** Copies the collections. */
    public WindowProfile {
        Objects.requireNonNull(trial, "trial");
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(counts, "counts");
        excluded = Collections.unmodifiableSortedMap(new TreeMap<>(excluded));
        path = List.copyOf(path);
    }

    /** {@return how often each address was executed in one execution, by address} */
    public SortedMap<Long, Long> executions() {
        final SortedMap<Long, Long> byAddress = new TreeMap<>(Long::compareUnsigned);
        path.forEach(step -> byAddress.merge(step.address(), 1L, Long::sum));
        return byAddress;
    }

    /** {@return the sum of the excluded executions} */
    public int excludedRounds() {
        return excluded.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** {@return {@code map} in one line, e.g. {@code exception 14: 2, interrupt 32: 1}} */
    static String describe(final Map<String, Integer> map) {
        return String.join(", ", map.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList());
    }
}
