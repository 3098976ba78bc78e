package ringside.console.gate;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import ringside.profiler.gate.GateStep;
import ringside.profiler.gate.MetricChange;
import ringside.profiler.gate.PathChange;
import ringside.profiler.gate.PathDiff;

/** A failing path in one sentence and at one place, for those who show no more. */
final class GateBlame {
    private GateBlame() {
    }

    /**
     * {@return the instruction to point at: the first that is new, else the first that moved, else the one that costs
     * most more; of this run, so that it has a line}
     *
     * @param path that changed
     */
    static Optional<GateStep> step(final PathChange path) {
        return path.diff().flatMap(diff -> Stream.of(
                diff.of(PathDiff.Fate.ADDED).stream().findFirst(),
                diff.of(PathDiff.Fate.MOVED).stream().findFirst(),
                diff.of(PathDiff.Fate.KEPT).stream().filter(step -> step.cycles() > 0)
                    .max(Comparator.comparingLong(PathDiff.Step::cycles)),
                diff.of(PathDiff.Fate.REMOVED).stream().findFirst())
            .flatMap(Optional::stream).findFirst()).map(PathDiff.Step::shown);
    }

    /** {@return what fails: the number, before and after, and the instruction} */
    static String sentence(final PathChange path) {
        final MetricChange worst = path.failures().getFirst();
        final String numbers = switch (worst.fate()) {
            case NEW -> worst.metric() + " is not in the baseline";
            case MISSING -> worst.metric() + " was not measured";
            default -> worst.metric() + " " + worst.before().orElse(0) + " -> " + worst.after().orElse(0) + " ("
                + worst.fate() + ", allowed: " + worst.limit() + ")";
        };
        final int more = path.failures().size() - 1;
        return path.name() + ": " + numbers + (more > 0 ? " and " + more + " more" : "")
            + instructions(path);
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
}
