package ringside.profiler.gate;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One round of a path held against the baseline's, instruction by instruction in the order they retired.
 *
 * @param steps all instructions of both
 */
public record PathDiff(List<Step> steps) {
    /** Copies the list. */
    public PathDiff {
        steps = List.copyOf(steps);
    }

    /** What became of an instruction. */
    public enum Fate {
        /** Only the run executes it. */
        ADDED,
        /** Only the baseline executes it. */
        REMOVED,
        /** It was elsewhere on the path; shown where it is now. */
        MOVED,
        /** Both execute it, at the same place among the others. */
        KEPT
    }

    /**
     * An instruction.
     *
     * @param fate   what became of it
     * @param before as the baseline has it; empty where it is new
     * @param after  as the run has it; empty where it is gone
     */
    public record Step(Fate fate, Optional<GateStep> before, Optional<GateStep> after) {
        /** {@return the instruction: as it is now, or as it was} */
        public GateStep shown() {
            return after.or(() -> before).orElseThrow();
        }

        /** {@return cycles that it takes more} */
        public long cycles() {
            return after.map(GateStep::cycles).orElse(0L) - before.map(GateStep::cycles).orElse(0L);
        }

        /** {@return whether it is another instruction, or one of another cost} */
        public boolean changed() {
            return fate != Fate.KEPT || cycles() != 0
                    || !before.map(GateStep::cause).equals(after.map(GateStep::cause));
        }
    }

    /**
     * {@return the difference}
     *
     * @param before the baseline's instructions
     * @param after  the run's
     */
    public static PathDiff of(final List<GateStep> before, final List<GateStep> after) {
        final List<Step> steps = new ArrayList<>();
        int oldAt = 0;
        int newAt = 0;
        final List<AbstractDelta<String>> deltas = DiffUtils.diff(before.stream().map(GateStep::key).toList(),
                after.stream().map(GateStep::key).toList()).getDeltas();
        for (int i = 0; i <= deltas.size(); i++) {
            final boolean last = i == deltas.size();
            final int end = last ? before.size() : deltas.get(i).getSource().getPosition();
            for (; oldAt < end; oldAt++, newAt++) {
                steps.add(new Step(Fate.KEPT, Optional.of(before.get(oldAt)), Optional.of(after.get(newAt))));
            }
            if (!last) {
                final int gone = oldAt + deltas.get(i).getSource().size();
                final int come = newAt + deltas.get(i).getTarget().size();
                before.subList(oldAt, gone).forEach(one ->
                        steps.add(new Step(Fate.REMOVED, Optional.of(one), Optional.empty())));
                after.subList(newAt, come).forEach(one ->
                        steps.add(new Step(Fate.ADDED, Optional.empty(), Optional.of(one))));
                oldAt = gone;
                newAt = come;
            }
        }
        return new PathDiff(moved(steps));
    }

    /** An instruction that is gone at one place and new at another one has moved. */
    private static List<Step> moved(final List<Step> steps) {
        final Map<String, List<Integer>> gone = new HashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).fate() == Fate.REMOVED) {
                gone.computeIfAbsent(moveKey(steps.get(i)), _ -> new ArrayList<>()).add(i);
            }
        }
        final boolean[] dropped = new boolean[steps.size()];
        final List<Step> paired = new ArrayList<>(steps);
        for (int i = 0; i < steps.size(); i++) {
            final List<Integer> from = steps.get(i).fate() == Fate.ADDED ? gone.get(moveKey(steps.get(i))) : null;
            if (from != null && !from.isEmpty()) {
                final int old = from.removeFirst();
                dropped[old] = true;
                paired.set(i, new Step(Fate.MOVED, steps.get(old).before(), steps.get(i).after()));
            }
        }
        final List<Step> left = new ArrayList<>();
        for (int i = 0; i < paired.size(); i++) {
            if (!dropped[i]) {
                left.add(paired.get(i));
            }
        }
        return left;
    }

    private static String moveKey(final Step step) {
        return step.shown().routine() + " " + step.shown().key();
    }

    /** {@return the instructions of one fate} */
    public List<Step> of(final Fate fate) {
        return steps.stream().filter(step -> step.fate() == fate).toList();
    }

    /** {@return cycles more by cause; those of no instruction are not in it} */
    public SortedMap<String, Long> causes() {
        final SortedMap<String, Long> sums = new TreeMap<>();
        for (final Step step : steps) {
            step.after().ifPresent(one -> sums.merge(one.cause(), one.cycles(), Long::sum));
            step.before().ifPresent(one -> sums.merge(one.cause(), -one.cycles(), Long::sum));
        }
        sums.values().removeIf(cycles -> cycles == 0);
        return sums;
    }

    /** {@return whether the same instructions ran in the same order, so that only their costs can differ} */
    public boolean sameInstructions() {
        return steps.stream().allMatch(step -> step.fate() == Fate.KEPT);
    }
}
