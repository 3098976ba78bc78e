package ringside.console.gate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import ringside.profiler.gate.CauseChange;
import ringside.profiler.gate.CodeMove;
import ringside.profiler.gate.Comparison;
import ringside.profiler.gate.GateStep;
import ringside.profiler.gate.MeasuredPath;
import ringside.profiler.gate.MetricChange;
import ringside.profiler.gate.MetricChange.Fate;
import ringside.profiler.gate.PathChange;
import ringside.profiler.gate.PathDiff;

/** A failing path in one sentence and at one place, for those who show no more. */
final class GateBlame {
    /** What a path is that has no numbers. */
    static final String UNMEASURED = "not measured";

    private GateBlame() {
    }

    /**
     * Paths that fail for one reason.
     *
     * @param verdict that they are part of
     * @param paths   at least one, the worst first
     */
    record Group(GateVerdict verdict, List<PathChange> paths) {
        PathChange worst() {
            return paths.getFirst();
        }
    }

    /** {@return all that fails in any of the gates, the worst first} */
    static List<Group> groups(final List<GateVerdict> verdicts) {
        final List<Group> groups = new ArrayList<>();
        verdicts.forEach(verdict -> SameChange.groups(verdict.comparison().failures()).forEach(paths ->
            groups.add(new Group(verdict, paths))));
        groups.sort(Comparator.comparing(Group::worst, Comparison.WORST_FIRST));
        return groups;
    }

    /** {@return what to say of a model whose versions differ, as {@code zen4-1 -> zen4-2}} */
    static String otherModel(final String versions) {
        return "The cycles are of another version of the model, " + versions
            + ": they say nothing about the code; --update records them anew.";
    }

    /** {@return what is wrong with a path, in a word} */
    static String word(final PathChange path) {
        return path.problem().isPresent() ? UNMEASURED : path.failures().getFirst().fate() == Fate.WORSE ? "slower"
            : path.failures().getFirst().fate().toString();
    }

    /** {@return the step to blame: the first that is new, that moved, that costs most more, that is gone} */
    private static Optional<GateStep> step(final PathChange path) {
        return path.diff().flatMap(diff -> Stream.of(
                diff.of(PathDiff.Fate.ADDED).stream().findFirst(),
                diff.of(PathDiff.Fate.MOVED).stream().findFirst(),
                diff.of(PathDiff.Fate.KEPT).stream().filter(step -> step.cycles() > 0)
                    .max(Comparator.comparingLong(PathDiff.Step::cycles)),
                diff.of(PathDiff.Fate.REMOVED).stream().findFirst())
            .flatMap(Optional::stream).findFirst()).map(PathDiff.Step::shown);
    }

    /**
     * {@return the instruction to point at: the one to blame, else the first of a routine that moved, else the path's
     * first; of this run where it can be, so that it has a line}
     *
     * @param path that changed
     */
    static Optional<GateStep> place(final PathChange path) {
        final List<GateStep> steps = path.after().or(path::before).map(MeasuredPath::steps).orElse(List.of());
        final Optional<String> moved = path.moved().stream()
            .min(Comparator.comparing(move -> !move.otherwiseInLine())).map(CodeMove::routine);
        return step(path).or(() -> moved.flatMap(routine ->
                steps.stream().filter(step -> step.routine().equals(routine)).findFirst()))
            .or(() -> steps.stream().findFirst()).filter(step -> !step.file().isEmpty());
    }

    /** {@return what fails: the number, before and after, the instruction, and why} */
    static String sentence(final PathChange path) {
        if (path.problem().isPresent()) {
            return path.name() + ": " + UNMEASURED + ": " + path.problem().get();
        }
        final MetricChange worst = path.failures().getFirst();
        final String numbers = switch (worst.fate()) {
            case NEW -> worst.metric() + " is not in the baseline";
            case MISSING -> worst.metric() + " was not measured";
            default -> worst.metric() + " " + worst.before().orElse(0) + " -> " + worst.after().orElse(0) + " ("
                + worst.fate() + ", allowed: " + worst.limit() + ")";
        };
        final int more = path.failures().size() - 1;
        return path.name() + ": " + numbers + (more > 0 ? " and " + more + " more" : "")
            + instructions(path) + causes(path, worst);
    }

    private static String instructions(final PathChange path) {
        return path.diff().map(diff -> {
            final int added = diff.of(PathDiff.Fate.ADDED).size();
            final int removed = diff.of(PathDiff.Fate.REMOVED).size();
            final int moved = diff.of(PathDiff.Fate.MOVED).size();
            final String counts = Stream.of(Optional.of(added).filter(n -> n > 0).map(n -> n + " new"),
                    Optional.of(removed).filter(n -> n > 0).map(n -> n + " gone"),
                    Optional.of(moved).filter(n -> n > 0).map(n -> n + " moved"))
                .flatMap(Optional::stream).reduce((one, two) -> one + ", " + two).orElse("the same instructions");
            return "; " + counts + step(path).map(step -> ": " + step.text() + " in " + step.routine()
                + (step.place().isEmpty() ? "" : " (" + step.place() + ")")).orElse("");
        }).orElse("");
    }

    private static String causes(final PathChange path, final MetricChange worst) {
        final Optional<CauseChange> change =
            path.causes().stream().filter(one -> one.metric().equals(worst.metric())).findFirst();
        if (change.isEmpty()) {
            return "";
        }
        final boolean same = path.diff().map(PathDiff::sameInstructions).orElse(true);
        final String causes = PathText.causes(change.get().causes());
        return (causes.isEmpty() ? "" : "; by cause: " + causes)
            + (same ? PathText.moves(path).stream().findFirst().map(move -> "; " + move).orElse("") : "");
    }
}
