package ringside.console.html;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import ringside.profiler.gate.MetricChange;
import ringside.profiler.gate.MetricChange.Fate;
import ringside.profiler.gate.PathChange;

/**
 * What a path's state is called.
 *
 * @param name for the style sheet: worse, better, other, same
 * @param text for people
 */
record PathState(String name, String text) {
    static PathState of(final PathChange path) {
        final List<Fate> fates = path.metrics().stream().map(MetricChange::fate).toList();
        if (path.problem().isPresent()) {
            return new PathState("worse", "not measured");
        }
        if (path.fails()) {
            return new PathState("worse", path.failures().getFirst().fate().toString());
        }
        if (fates.contains(Fate.BETTER)) {
            return new PathState("better", Fate.BETTER.toString());
        }
        return fates.stream().filter(fate -> fate != Fate.SAME).findFirst()
            .map(fate -> new PathState("other", fate.toString())).orElse(new PathState("same", "as before"));
    }

    static PathState of(final MetricChange metric) {
        final String name = metric.fate().fails() ? "worse" : metric.fate() == Fate.BETTER ? "better"
            : metric.fate() == Fate.SAME ? "same" : "other";
        return new PathState(name, metric.fate() == Fate.SAME ? "as before" : metric.fate().toString());
    }

    /** {@return the numbers of a path that are not what they were, the worst first} */
    static String changes(final PathChange path, final int most) {
        final List<MetricChange> changed = path.metrics().stream()
            .filter(metric -> metric.fate() != Fate.SAME)
            .sorted((one, two) -> Double.compare(Math.abs(two.share()), Math.abs(one.share()))).toList();
        return changed.stream().limit(most)
            .map(metric -> metric.metric() + " " + number(metric.before()) + " → " + number(metric.after()))
            .collect(Collectors.joining(", ")) + (changed.size() > most ? ", …" : "");
    }

    static String number(final OptionalLong number) {
        return number.isPresent() ? String.valueOf(number.getAsLong()) : "–";
    }
}
