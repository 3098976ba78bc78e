package ringside.console.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ringside.profiler.gate.PathChange;
import ringside.profiler.gate.PathDiff;

/** Paths that changed for one reason: one instruction more in a routine is one more on each path through it. */
final class SameChange {
    private SameChange() {
    }

    /**
     * {@return the paths in groups with the same instructions new, gone and moved, in the order of the first of each;
     * what has no such instructions is a group of its own}
     *
     * @param paths in the order of reports
     */
    static List<List<PathChange>> groups(final List<PathChange> paths) {
        final Map<Object, List<PathChange>> groups = new LinkedHashMap<>();
        for (final PathChange path : paths) {
            final List<String> reason = path.diff().map(PathDiff::steps).orElse(List.of()).stream()
                .filter(step -> step.fate() != PathDiff.Fate.KEPT)
                .map(step -> step.fate() + step.shown().routine() + step.shown().text() + step.shown().place())
                .toList();
            groups.computeIfAbsent(reason.isEmpty() ? path.name() : reason, _ -> new ArrayList<>()).add(path);
        }
        return List.copyOf(groups.values());
    }
}
