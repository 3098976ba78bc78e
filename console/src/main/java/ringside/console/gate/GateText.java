package ringside.console.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import ringside.console.report.LogText;
import ringside.console.report.TextLines;
import ringside.profiler.gate.GateStep;
import ringside.profiler.gate.Limit;
import ringside.profiler.gate.MetricChange;
import ringside.profiler.gate.PathChange;
import ringside.profiler.gate.PathDiff;

/** A verdict for people: what fails first, each with the instructions that are to blame. */
public final class GateText {
    /** Paths that are explained; all are named. */
    private static final int MOST_EXPLAINED = 5;
    /** Instructions whose cost alone changed, of one path. */
    private static final int MOST_COSTS = 8;
    private static final int MOST_STEPS = 40;
    private static final int MARGIN = 2;
    private static final int LEAST_ROUTINE = 20;
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
        final List<PathChange> changed = verdict.comparison().paths().stream().filter(PathChange::changed).toList();
        text.wrap(verdict.gate().title() + ": " + count(verdict.comparison().paths().size(), "path") + " measured, "
            + changed.size() + " not as " + verdict.against() + " had them");
        final List<PathChange> known = changed.stream()
            .filter(path -> path.before().isPresent() && path.after().isPresent()).toList();
        known.forEach(text::row);
        final long fresh = changed.stream().filter(path -> path.before().isEmpty()).count();
        final List<PathChange> gone = changed.stream().filter(path -> path.after().isEmpty()).toList();
        if (fresh > 0) {
            text.wrap(2, count(fresh, "path") + " more");
        }
        gone.forEach(path -> text.wrap(2, "gone: " + path.name()));
        verdict.failedScripts().forEach(script -> text.wrap("script " + script.name() + ": " + script.problem()));
        text.lines.add("recorded in " + verdict.gate().baseline().getFileName());
        return LogText.lines(text.lines);
    }

    /** {@return what is new, gone, moved and dearer on a path, line by line; empty where it has no instructions} */
    static String instructions(final PathChange path, final int columns) {
        final GateText text = new GateText(columns);
        path.diff().ifPresent(text::explain);
        return LogText.lines(text.lines);
    }

    private void write(final GateVerdict verdict) {
        final String models = String.join(", ", verdict.run().measured().models().values());
        wrap(verdict.gate().title() + ": " + count(verdict.comparison().paths().size(), "path") + ", "
            + count(verdict.numbers(), "number") + (models.isEmpty() ? "" : " (" + models + ")") + ", against "
            + verdict.against());
        verdict.comparison().models().forEach((_, versions) -> wrap("The cycles are of another version of the model, "
            + versions + ": they say nothing about the code; --update records them anew."));
        final List<PathChange> failures = verdict.comparison().failures();
        final List<List<PathChange>> groups = SameChange.groups(failures);
        for (int i = 0; i < groups.size(); i++) {
            lines.add("");
            final List<PathChange> group = groups.get(i);
            path(group.getFirst(), i < MOST_EXPLAINED);
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
        final List<PathChange> within = verdict.comparison().paths().stream().filter(path -> path.metrics().stream()
            .anyMatch(metric -> metric.fate() == MetricChange.Fate.WITHIN)).toList();
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
        final int same = verdict.comparison().paths().size() - failures.size() - gains.size();
        return (verdict.shut() ? "SHUT: " : "open: ") + failures.size()
            + " of " + count(verdict.comparison().paths().size(), "path") + " failed, " + gains.size() + " better, "
            + same + " as before" + scripts;
    }

    static String count(final long count, final String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private void wrap(final String text) {
        wrap(0, text);
    }

    private void wrap(final int indent, final String text) {
        TextLines.wrap(text, columns - indent, 2).forEach(line -> lines.add(" ".repeat(indent) + line));
    }

    private void path(final PathChange path, final boolean explained) {
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
            path.diff().ifPresent(this::explain);
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

    private void explain(final PathDiff diff) {
        final List<PathDiff.Step> other = diff.steps().stream()
            .filter(step -> step.fate() != PathDiff.Fate.KEPT).toList();
        other.stream().limit(MOST_STEPS).forEach(this::step);
        if (other.size() > MOST_STEPS) {
            lines.add("  ... and " + (other.size() - MOST_STEPS) + " more instructions gone, new or moved");
        }
        final List<PathDiff.Step> costs = diff.of(PathDiff.Fate.KEPT).stream().filter(step -> step.cycles() != 0)
            .sorted((one, two) -> Long.compare(Math.abs(two.cycles()), Math.abs(one.cycles()))).toList();
        costs.stream().limit(MOST_COSTS).forEach(this::step);
        if (costs.size() > MOST_COSTS) {
            final long rest = costs.stream().skip(MOST_COSTS).mapToLong(PathDiff.Step::cycles).sum();
            lines.add(String.format(Locale.ROOT, "  ~ %+6d  in %d more instructions of another cost", rest,
                costs.size() - MOST_COSTS));
        }
        if (diff.sameInstructions() && costs.isEmpty()) {
            lines.add("  the same instructions at the same cost, one by one");
        }
        final String causes = diff.causes().entrySet().stream().filter(one -> !one.getKey().isEmpty())
            .map(one -> String.format(Locale.ROOT, "%s %+d", one.getKey(), one.getValue()))
            .collect(Collectors.joining(", "));
        if (!causes.isEmpty()) {
            wrap(2, "cycles by cause: " + causes);
        }
    }

    private void step(final PathDiff.Step step) {
        final String mark = switch (step.fate()) {
            case ADDED -> "+";
            case REMOVED -> "-";
            case MOVED -> ">";
            case KEPT -> "~";
        };
        final String cause = step.shown().cause().isEmpty() ? "" : " " + step.shown().cause();
        final String begin = String.format(Locale.ROOT, "  %s %+6d%s  ", mark, step.cycles(), cause);
        // Names of C++ and Rust may have hundreds of letters.
        final String line = begin + TextLines.middle(step.shown().text(), columns - begin.length());
        final String place = place(step.shown());
        if (line.length() + 2 + place.length() <= columns) {
            lines.add(line + " ".repeat(columns - line.length() - place.length()) + place);
        } else {
            lines.add(line);
            lines.add(" ".repeat(Math.max(0, columns - place.length())) + place);
        }
    }

    /** Of what has no room first the routine is cut, then the file; its line stays. */
    private String place(final GateStep step) {
        final String source = TextLines.middle(step.place(), columns - MARGIN - LEAST_ROUTINE - 2);
        final String routine = TextLines.middle(step.routine(),
            columns - MARGIN - (source.isEmpty() ? 0 : source.length() + 2));
        return (routine + "  " + source).strip();
    }
}
