package ringside.console.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import ringside.console.gate.GateRun;
import ringside.console.gate.GateText;
import ringside.console.gate.GateVerdict;
import ringside.profiler.gate.CodeMove;
import ringside.profiler.gate.GateStep;
import ringside.profiler.gate.MeasuredPath;
import ringside.profiler.gate.MetricChange;
import ringside.profiler.gate.PathChange;
import ringside.profiler.gate.PathDiff;

/** The overview and, path by path, numbers and instructions: what fails first. */
final class PathPages {
    private static final int MOST_PATHS = 2_000;
    /** Instructions of one path, and of all. */
    private static final int MOST_STEPS = 400;
    private static final int MOST_ALL_STEPS = 40_000;
    /** Paths that are open from the beginning. */
    private static final int MOST_OPEN = 3;
    private static final int MOST_CHANGES = 4;

    private final List<Map<String, Object>> gates = new ArrayList<>();
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private final List<Map<String, Object>> paths = new ArrayList<>();
    private final boolean several;
    private int steps;
    private int opened;
    private long leftOut;

    private PathPages(final boolean several) {
        this.several = several;
    }

    static Map<String, Object> of(final List<ReportContent.Gate> gates) {
        final PathPages pages = new PathPages(gates.size() > 1);
        gates.forEach(gate -> pages.gate(gate.verdict()));
        return Values.of("gates", pages.gates, "rows", pages.rows, "paths", pages.paths, "several", pages.several,
            "leftOut", pages.leftOut == 0 ? List.of() : List.of(GateText.count(pages.leftOut, "more path")));
    }

    private void gate(final GateVerdict verdict) {
        final List<PathChange> all = verdict.comparison().paths();
        final int failed = verdict.comparison().failures().size();
        final int gains = verdict.gains().size();
        final int same = verdict.same().size();
        gates.add(Values.of("title", verdict.gate().title(), "file", verdict.gate().file().getFileName().toString(),
            "state", verdict.shut() ? "worse" : "better", "word", verdict.shut() ? "shut" : "open",
            "against", verdict.against(),
            "models", String.join(", ", verdict.run().measured().models().values()),
            "paths", GateText.count(all.size(), "path"), "numbers", GateText.count(verdict.numbers(), "number"),
            "failed", failed, "gains", gains,
            "same", same, "allowed", all.size() - failed - gains - same,
            "otherModels", verdict.comparison().models().values(),
            "scripts", verdict.run().scripts().stream().map(PathPages::script).toList()));
        final List<PathChange> order = new ArrayList<>(verdict.comparison().failures());
        order.addAll(verdict.gains());
        final Set<String> placed = order.stream().map(PathChange::name).collect(Collectors.toSet());
        all.stream().filter(path -> !placed.contains(path.name())).sorted(Comparator.comparing((PathChange path) ->
            !path.changed()).thenComparing(PathChange::name)).forEach(order::add);
        for (final PathChange path : order) {
            if (rows.size() == MOST_PATHS) {
                leftOut++;
            } else {
                path(verdict, path);
            }
        }
    }

    private static Map<String, Object> script(final GateRun.ScriptOutcome script) {
        return Values.of("name", script.name(), "state", script.ok() ? "better" : "worse",
            "word", script.ok() ? "went through" : "failed", "problem", script.problem());
    }

    private void path(final GateVerdict verdict, final PathChange path) {
        final String id = "p" + (rows.size() + 1);
        final PathState state = PathState.of(path);
        final String cycles = verdict.shownCycles();
        final Map<String, Object> row = Values.of("id", id, "name", path.name(), "state", state.name(),
            "word", state.text(), "gate", several ? verdict.gate().title() : "", "several", several,
            "changes", PathState.changes(path, MOST_CHANGES), "instructions", metric(path, "instructions"),
            "cycles", cycles.isEmpty() ? "–" : metric(path, cycles));
        rows.add(row);
        final List<Map<String, Object>> listed = new ArrayList<>();
        final String note = path.problem().orElseGet(() -> steps(path, listed) + moved(path));
        final boolean open = path.fails() && opened < MOST_OPEN;
        opened += open ? 1 : 0;
        paths.add(Values.of("id", id, "name", path.name(), "state", state.name(), "word", state.text(),
            "changes", PathState.changes(path, MOST_CHANGES), "open", open,
            "metrics", path.metrics().stream().map(PathPages::metric).toList(),
            "causes", causes(path), "hasCauses", !causes(path).isEmpty(),
            "steps", listed, "hasSteps", !listed.isEmpty(), "note", note));
    }

    private static String metric(final PathChange path, final String name) {
        return path.metrics().stream().filter(metric -> metric.metric().equals(name)).findFirst()
            .map(metric -> PathState.number(metric.after())).orElse("–");
    }

    private static Map<String, Object> metric(final MetricChange metric) {
        final PathState state = PathState.of(metric);
        return Values.of("metric", metric.metric(), "before", PathState.number(metric.before()),
            "after", PathState.number(metric.after()),
            "change", metric.difference() == 0 ? "" : String.format(Locale.ROOT, "%+d", metric.difference()),
            "allowed", metric.limit().toString(), "state", state.name(), "word", state.text());
    }

    private static List<Map<String, Object>> causes(final PathChange path) {
        final SortedMap<String, Long> before = path.before().map(MeasuredPath::causes).orElse(new TreeMap<>());
        final SortedMap<String, Long> after = path.after().map(MeasuredPath::causes).orElse(new TreeMap<>());
        final TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream().map(name -> {
            final long change = after.getOrDefault(name, 0L) - before.getOrDefault(name, 0L);
            return Values.of("cause", name,
                "before", number(before, name), "after", number(after, name),
                "change", change == 0 || path.before().isEmpty() ? "" : String.format(Locale.ROOT, "%+d", change),
                "state", change == 0 || path.before().isEmpty() ? "same" : change > 0 ? "worse" : "better");
        }).toList();
    }

    private static String number(final SortedMap<String, Long> numbers, final String name) {
        return PathState.number(numbers.containsKey(name) ? OptionalLong.of(numbers.get(name)) : OptionalLong.empty());
    }

    /** The instructions of both sides in one list, as far as there is room; returns what to say above it. */
    private String steps(final PathChange path, final List<Map<String, Object>> listed) {
        final List<PathDiff.Step> all = path.diff().map(PathDiff::steps).orElseGet(() -> path.after()
            .or(path::before).map(MeasuredPath::steps).orElse(List.of()).stream()
            .map(step -> new PathDiff.Step(PathDiff.Fate.KEPT, Optional.of(step),
                Optional.of(step))).toList());
        final int room = Math.min(MOST_STEPS, MOST_ALL_STEPS - steps);
        String routine = "";
        for (final PathDiff.Step step : all.subList(0, Math.min(all.size(), room))) {
            listed.add(step(step, step.shown().routine().equals(routine)));
            routine = step.shown().routine();
        }
        steps += listed.size();
        if (all.isEmpty()) {
            return "Its instructions were not kept.";
        }
        final long other = all.stream().filter(PathDiff.Step::changed).count();
        final String cut = all.size() > room ? " The first " + listed.size() + " of " + all.size() + " are shown." : "";
        if (path.diff().isEmpty()) {
            return GateText.count(all.size(), "instruction")
                + "; the other side has none to hold them against." + cut;
        }
        return GateText.count(all.size(), "instruction") + ", " + (other == 0 ? "each as before."
            : other + " not as before: " + "+ new, − gone, > moved, ~ of another cost or cause.") + cut;
    }

    private static String moved(final PathChange path) {
        return !path.changed() || path.moved().isEmpty() ? "" : path.moved().stream().limit(MOST_CHANGES)
            .map(CodeMove::toString).collect(Collectors.joining("; ", " ",
                path.moved().size() > MOST_CHANGES ? "; …" : "."));
    }

    private static Map<String, Object> step(final PathDiff.Step step, final boolean sameRoutine) {
        final GateStep shown = step.shown();
        final String mark = switch (step.fate()) {
            case ADDED -> "+";
            case REMOVED -> "−";
            case MOVED -> ">";
            case KEPT -> step.changed() ? "~" : "";
        };
        final String state = switch (step.fate()) {
            case ADDED -> "worse";
            case REMOVED -> "better";
            case MOVED -> "other";
            case KEPT -> step.cycles() > 0 ? "worse" : step.cycles() < 0 ? "better" : step.changed() ? "other" : "same";
        };
        final String change = step.cycles() == 0 ? "" : String.format(Locale.ROOT, "%+d", step.cycles());
        return Values.of("mark", mark, "state", state, "marked", !mark.isEmpty(), "cycles", shown.cycles(),
            "change", change, "cause", shown.cause(), "text", shown.text(),
            "routine", sameRoutine ? "" : shown.routine(), "place", shown.place());
    }
}
