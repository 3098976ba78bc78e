package ringside.console.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import ringside.console.report.LogText;
import ringside.console.report.TextLines;
import ringside.profiler.gate.Limit;
import ringside.profiler.gate.MetricChange;
import ringside.profiler.gate.PathChange;

/** A verdict for people: what fails first, each with the instructions that are to blame. */
public final class GateText {
    /** Paths that are explained; all are named. */
    private static final int MOST_EXPLAINED = 5;
    private static final int MOST_NAMED = 4;
    private static final String NUMBER = "  %10s %10s %8s %8s  %s";

    private final List<String> lines = new ArrayList<>();
    private final int columns;

    private GateText(final int columns) {
        this.columns = columns;
    }

    /**
     * {@return the text, ending in a line feed}
     *
     * @param verdict what became of a gate file
     * @param columns how wide
     */
    public static String of(final GateVerdict verdict, final int columns) {
        final GateText text = new GateText(columns);
        text.write(verdict);
        return LogText.lines(text.lines);
    }

    /**
     * {@return what a new baseline has that the old one had not, ending in a line feed}
     *
     * @param verdict of the old one
     * @param columns how wide
     */
    public static String recorded(final GateVerdict verdict, final int columns) {
        final GateText text = new GateText(columns);
        final List<PathChange> other = verdict.comparison().paths().stream().filter(PathChange::differs).toList();
        text.wrap(verdict.gate().title() + ": " + count(verdict.comparison().paths().size(), "path") + " measured, "
            + other.size() + " not as " + verdict.against() + " had " + (other.size() == 1 ? "it" : "them"));
        verdict.comparison().models().forEach((name, versions) -> text.wrap(2, "model " + name + ": " + versions));
        final List<PathChange> known = other.stream()
            .filter(path -> path.before().isPresent() && path.after().isPresent()).toList();
        known.stream().filter(PathChange::changed).forEach(text::row);
        final List<PathChange> quiet = known.stream().filter(path -> !path.changed()).toList();
        text.some(quiet.stream().filter(PathChange::otherCode).toList(),
            "with the same numbers and other instructions or costs of them");
        text.some(quiet.stream().filter(path -> !path.otherCode() && !path.moved().isEmpty()).toList(),
            "with the same numbers and instructions, elsewhere in memory");
        text.some(quiet.stream().filter(path -> !path.otherCode() && path.moved().isEmpty()).toList(),
            "with the same numbers and instructions, whose causes or places were other ones or not kept");
        final long fresh = other.stream().filter(path -> path.before().isEmpty()).count();
        if (fresh > 0) {
            text.wrap(2, count(fresh, "path") + " more");
        }
        other.stream().filter(path -> path.after().isEmpty()).forEach(path -> text.wrap(2, "gone: " + path.name()));
        verdict.failedScripts().forEach(script -> text.wrap("script " + script.name() + ": " + script.problem()));
        text.lines.add("recorded in " + verdict.gate().baseline().getFileName());
        return LogText.lines(text.lines);
    }

    private void some(final List<PathChange> paths, final String what) {
        if (!paths.isEmpty()) {
            wrap(2, count(paths.size(), "path") + " " + what + ": " + paths.stream().limit(MOST_NAMED)
                .map(PathChange::name).collect(Collectors.joining(", ")) + (paths.size() > MOST_NAMED ? ", ..." : ""));
        }
    }

    /** {@return why a path is not what it was, line by line; empty where nothing is known} */
    static String reasons(final GateVerdict verdict, final PathChange path, final int columns) {
        return LogText.lines(PathText.lines(path, verdict.shownCycles(), columns));
    }

    private void write(final GateVerdict verdict) {
        final String models = String.join(", ", verdict.run().measured().models().values());
        wrap(verdict.gate().title() + ": " + count(verdict.comparison().paths().size(), "path") + ", "
            + count(verdict.numbers(), "number") + (models.isEmpty() ? "" : " (" + models + ")") + ", against "
            + verdict.against());
        verdict.comparison().models().values().forEach(versions -> wrap(GateBlame.otherModel(versions)));
        final List<PathChange> failures = verdict.comparison().failures();
        final List<List<PathChange>> groups = SameChange.groups(failures);
        for (int i = 0; i < groups.size(); i++) {
            lines.add("");
            final List<PathChange> group = groups.get(i);
            path(verdict, group.getFirst(), i < MOST_EXPLAINED);
            if (group.size() > 1) {
                lines.add("  the same instructions also on:");
                group.stream().skip(1).forEach(this::row);
            }
        }
        if (groups.size() > MOST_EXPLAINED) {
            lines.add("");
            wrap("The instructions of the first " + MOST_EXPLAINED + " are shown; --json has all.");
        }
        for (final GateRun.ScriptOutcome script : verdict.failedScripts()) {
            lines.add("");
            wrap("script " + script.name() + ": " + script.problem());
        }
        final List<PathChange> gains = verdict.gains();
        if (!gains.isEmpty()) {
            lines.add("");
            lines.add("Better, and not in the baseline yet (--update):");
            gains.forEach(path -> row(path, MetricChange.Fate.BETTER));
        }
        final List<PathChange> within =
            verdict.comparison().paths().stream().filter(path -> path.has(MetricChange.Fate.WITHIN)).toList();
        if (!within.isEmpty()) {
            lines.add("");
            lines.add("More, and within the limits:");
            within.forEach(path -> row(path, MetricChange.Fate.WITHIN));
        }
        lines.add("");
        lines.add(summary(verdict, failures, gains));
    }

    /** A path's numbers that changed. */
    private void row(final PathChange path) {
        row(path, null);
    }

    /** Those of one fate, {@code null} for all but {@link MetricChange.Fate#SAME}. */
    private void row(final PathChange path, final MetricChange.Fate fate) {
        final String numbers = path.metrics().stream()
            .filter(metric -> fate == null ? metric.fate() != MetricChange.Fate.SAME : metric.fate() == fate)
            .map(metric -> metric.metric() + " " + number(metric.before()) + " -> " + number(metric.after()))
            .collect(Collectors.joining(", "));
        wrap(4, path.name() + ": " + numbers);
    }

    private static String summary(
            final GateVerdict verdict, final List<PathChange> failures, final List<PathChange> gains) {
        final String scripts = verdict.run().scripts().isEmpty() ? "" : "; "
            + count(verdict.run().scripts().size(), "script") + ", " + verdict.failedScripts().size() + " failed";
        final int same = verdict.same().size();
        final int within = verdict.within().size();
        final int all = verdict.comparison().paths().size();
        final int declared = all - failures.size() - gains.size() - within - same;
        return (verdict.shut() ? "SHUT: " : "open: ") + failures.size()
            + " of " + count(all, "path") + " failed, " + gains.size() + " better, "
            + (within > 0 ? within + " within " + (within == 1 ? "its" : "their") + " limits, " : "")
            + (declared > 0 ? declared + " new or gone as declared, " : "") + same + " as before" + scripts;
    }

    /** {@return a number of things, {@code 1 path} or {@code 2 paths}} */
    public static String count(final long count, final String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private void wrap(final String text) {
        wrap(0, text);
    }

    private void wrap(final int indent, final String text) {
        TextLines.wrap(text, columns - indent, 2).forEach(line -> lines.add(" ".repeat(indent) + line));
    }

    private void path(final GateVerdict verdict, final PathChange path, final boolean explained) {
        if (path.problem().isPresent()) {
            wrap(path.name() + ": " + GateBlame.UNMEASURED);
            wrap(2, path.problem().get());
            return;
        }
        wrap(path.name() + ": " + path.failures().stream().map(MetricChange::fate).distinct()
            .map(Object::toString).collect(Collectors.joining(", ")));
        if (path.before().isEmpty() || path.after().isEmpty()) {
            wrap(2, path.before().isEmpty()
                ? "the baseline does not have it: --update records it, or new = [\"" + path.name()
                    + "\"] lets it through"
                : "it was not measured: --update forgets it, or gone = [\"" + path.name() + "\"] lets it through");
            return;
        }
        lines.add(String.format(Locale.ROOT, NUMBER, "baseline", "now", "change", "allowed", ""));
        path.failures().forEach(metric -> lines.add(String.format(Locale.ROOT, NUMBER, number(metric.before()),
            number(metric.after()), change(metric), allowed(metric), metric.metric())));
        if (explained) {
            lines.addAll(PathText.lines(path, verdict.shownCycles(), columns));
        }
    }

    private static String number(final OptionalLong number) {
        return number.isPresent() ? String.valueOf(number.getAsLong()) : "-";
    }

    private static String change(final MetricChange metric) {
        return metric.before().isPresent() && metric.after().isPresent()
            ? String.format(Locale.ROOT, "%+d", metric.difference()) : "";
    }

    private static String allowed(final MetricChange metric) {
        return metric.limit().equals(Limit.EXACT) ? "none" : metric.limit().toString();
    }
}
