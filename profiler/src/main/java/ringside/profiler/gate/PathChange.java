package ringside.profiler.gate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import ringside.profiler.gate.MetricChange.Fate;

/**
 * One path beside its baseline.
 *
 * @param name    of it
 * @param before  the baseline's; empty where the path is new
 * @param after   the run's; empty where it is missing
 * @param metrics each number of either, by name
 * @param problem why the run could not measure it, for which the gate stays shut whatever may be missing; otherwise
 *                empty
 */
public record PathChange(String name, Optional<MeasuredPath> before, Optional<MeasuredPath> after,
        List<MetricChange> metrics, Optional<String> problem) {
    /** Copies the list. */
    public PathChange {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(problem, "problem");
        metrics = List.copyOf(metrics);
    }

    /** {@return whether the gate stays shut for it} */
    public boolean fails() {
        return problem.isPresent() || metrics.stream().anyMatch(metric -> metric.fate().fails());
    }

    /** {@return whether any number is not what it was} */
    public boolean changed() {
        return metrics.stream().anyMatch(metric -> metric.fate() != Fate.SAME);
    }

    /** {@return whether any number had this fate} */
    public boolean has(final Fate fate) {
        return metrics.stream().anyMatch(metric -> metric.fate() == fate);
    }

    /** {@return whether the instructions, or what each of them cost in the shown round, are not what they were} */
    public boolean otherCode() {
        return !before.map(PathChange::lines).equals(after.map(PathChange::lines));
    }

    /** {@return whether anything is not what a baseline keeps of it: a number, a cause, an instruction, a place} */
    public boolean differs() {
        return changed() || otherCode() || !before.map(MeasuredPath::causes).equals(after.map(MeasuredPath::causes))
                || !before.map(MeasuredPath::places).equals(after.map(MeasuredPath::places));
    }

    private static List<String> lines(final MeasuredPath path) {
        return path.steps().stream().map(BaselineWriter::line).toList();
    }

    /** {@return the numbers for which the gate stays shut, those that grew by the largest share first} */
    public List<MetricChange> failures() {
        return metrics.stream().filter(metric -> metric.fate().fails())
                .sorted(Comparator.comparingDouble(MetricChange::weight).reversed()
                        .thenComparing(MetricChange::metric)).toList();
    }

    /** {@return by what share the number grew that fails and grew most; negative where all that fail are less} */
    public double worst() {
        return failures().stream().mapToDouble(MetricChange::weight).max().orElse(0);
    }

    /** {@return its instructions held against the baseline's; empty where either side has none} */
    public Optional<PathDiff> diff() {
        return before.filter(path -> !path.steps().isEmpty())
                .flatMap(old -> after.filter(path -> !path.steps().isEmpty())
                .map(now -> PathDiff.of(old.steps(), now.steps())));
    }

    /** {@return of each number of cycles that is not what it was, what they were due to, by name} */
    public List<CauseChange> causes() {
        return before.flatMap(old -> after.map(now -> metrics.stream()
                .filter(metric -> metric.difference() != 0 && CauseChange.isOf(metric.metric()))
                .map(metric -> CauseChange.of(metric.metric(), old, now)).toList())).orElse(List.of());
    }

    /** {@return whether both sides say where its code was} */
    public boolean placed() {
        return before.filter(path -> !path.places().isEmpty()).isPresent()
                && after.filter(path -> !path.places().isEmpty()).isPresent();
    }

    /** {@return the routines that both sides execute and that are elsewhere, in the order of the run} */
    public List<CodeMove> moved() {
        final List<CodeMove> moved = new ArrayList<>();
        before.ifPresent(old -> after.ifPresent(now -> now.places().forEach(place -> old.places().stream()
                .filter(was -> was.routine().equals(place.routine())).findFirst()
                .filter(was -> was.address() != place.address())
                .ifPresent(was -> moved.add(new CodeMove(place.routine(), was.address(), place.address()))))));
        return moved;
    }
}
