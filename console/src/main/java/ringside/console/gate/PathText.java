package ringside.console.gate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import ringside.console.report.TextLines;
import ringside.profiler.gate.CauseChange;
import ringside.profiler.gate.CodeMove;
import ringside.profiler.gate.GateStep;
import ringside.profiler.gate.MetricChange;
import ringside.profiler.gate.PathChange;
import ringside.profiler.gate.PathDiff;

/** Why a path is not what it was: its instructions, its cycles by cause, and where its code went. */
final class PathText {
    /** Instructions whose cost alone changed. */
    private static final int MOST_COSTS = 8;
    private static final int MOST_STEPS = 40;
    private static final int MOST_ROUNDS = 8;
    private static final int MOST_MOVES = 4;
    private static final int MARGIN = 2;
    private static final int LEAST_ROUTINE = 20;

    private final List<String> lines = new ArrayList<>();
    private final PathChange path;
    private final String shown;
    private final int columns;

    private PathText(final PathChange path, final String shown, final int columns) {
        this.path = path;
        this.shown = shown;
        this.columns = columns;
    }

    /**
     * {@return the text in lines; none where nothing is known}
     *
     * @param path    that changed
     * @param shown   the number of cycles whose round is shown instruction by instruction; empty where none is counted
     * @param columns how wide
     */
    static List<String> lines(final PathChange path, final String shown, final int columns) {
        final PathText text = new PathText(path, shown, columns);
        final Optional<PathDiff> diff = path.diff();
        diff.ifPresent(text::instructions);
        text.causes(diff);
        if (diff.map(PathDiff::sameInstructions).orElse(true)) {
            text.places();
        }
        return text.lines.stream().map(String::stripTrailing).toList();
    }

    /** {@return cycles more in words; empty where it is not known what they are due to} */
    static String causes(final Map<String, Long> causes) {
        return causes.entrySet().stream().filter(one -> !one.getKey().isEmpty())
            .map(one -> String.format(Locale.ROOT, "%s %+d", one.getKey(), one.getValue()))
            .collect(Collectors.joining(", "));
    }

    /** {@return where a path's code went, what lies otherwise in its cache lines first} */
    static List<CodeMove> moves(final PathChange path) {
        return path.moved().stream().map(move ->
            new CodeMove(TextLines.middle(move.routine(), LEAST_ROUTINE * 2), move.before(), move.after()))
            .sorted(Comparator.comparing(move -> !move.otherwiseInLine())).toList();
    }

    private void wrap(final String text) {
        TextLines.wrap(text, columns - 2, 2).forEach(line -> lines.add("  " + line));
    }

    private void instructions(final PathDiff diff) {
        final List<PathDiff.Step> other = diff.steps().stream()
            .filter(step -> step.fate() != PathDiff.Fate.KEPT).toList();
        other.stream().limit(MOST_STEPS).forEach(this::step);
        if (other.size() > MOST_STEPS) {
            wrap("... and " + GateText.count(other.size() - MOST_STEPS, "more instruction") + " gone, new or moved");
        }
        final List<PathDiff.Step> costs = diff.of(PathDiff.Fate.KEPT).stream().filter(step -> step.cycles() != 0)
            .sorted((one, two) -> Long.compare(Math.abs(two.cycles()), Math.abs(one.cycles()))).toList();
        costs.stream().limit(MOST_COSTS).forEach(this::step);
        if (costs.size() > MOST_COSTS) {
            final long rest = costs.stream().skip(MOST_COSTS).mapToLong(PathDiff.Step::cycles).sum();
            lines.add(String.format(Locale.ROOT, "  ~ %+6d  in %s of another cost", rest,
                GateText.count(costs.size() - MOST_COSTS, "more instruction")));
        }
        if (diff.sameInstructions() && costs.isEmpty()) {
            wrap(shown.isEmpty() ? "the same instructions, one by one"
                : "the same instructions at the same cost, one by one (" + shown + ")");
        }
    }

    /** Of each number of cycles that fails; of the round that is shown also where it does not. */
    private void causes(final Optional<PathDiff> diff) {
        final List<String> failing = path.failures().stream().map(MetricChange::metric).toList();
        final List<CauseChange> changes = path.causes().stream()
            .filter(change -> failing.contains(change.metric()) || change.metric().equals(shown) && change.kept())
            .toList();
        if (changes.stream().noneMatch(change -> change.metric().equals(shown) && change.kept())) {
            diff.map(PathDiff::causes).map(PathText::causes).filter(causes -> !causes.isEmpty())
                .ifPresent(causes -> wrap("cycles by cause: " + causes));
        }
        changes.stream().limit(MOST_ROUNDS).forEach(change -> wrap(change.metric() + " by cause: "
            + (!change.kept() ? "not known, for one side keeps none of its round"
                : change.causes().isEmpty() ? "each as before" : causes(change.causes()))));
        if (changes.size() > MOST_ROUNDS) {
            wrap("... and " + GateText.count(changes.size() - MOST_ROUNDS, "more number") + " of cycles");
        }
    }

    /** The same instructions may cost more where they are elsewhere. */
    private void places() {
        if (path.causes().stream().noneMatch(change -> path.failures().stream()
                .anyMatch(metric -> metric.metric().equals(change.metric())))) {
            return;
        }
        final List<CodeMove> moves = moves(path);
        moves.stream().limit(MOST_MOVES).forEach(move -> wrap(move.toString()));
        if (moves.size() > MOST_MOVES) {
            wrap("... and " + GateText.count(moves.size() - MOST_MOVES, "more routine") + " moved");
        }
        if (path.placed() && moves.isEmpty()) {
            wrap("its code is where it was");
        } else if (!path.placed() && path.after().filter(now -> !now.places().isEmpty()).isPresent()) {
            wrap("where its code was is not known: a baseline that is written anew says it");
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
