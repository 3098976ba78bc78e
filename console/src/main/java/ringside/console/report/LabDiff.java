package ringside.console.report;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ringside.fastpath.lab.LabVariant;
import ringside.profiler.model.Cause;
import ringside.profiler.profile.CauseCycles;
import ringside.profiler.profile.CpuRound;
import ringside.profiler.profile.RoundPath;
import ringside.toolchain.image.SourceLine;

/**
 * One round of an operation held against another variant's, instruction by instruction in the order they retired. What
 * was removed, added and kept, and what is no instruction's, add up to the difference exactly.
 *
 * @param before  the baseline's round
 * @param after   the variant's
 * @param aligned whether the instructions are in {@code steps}: two paths that are too long are not
 * @param steps   all instructions of both
 */
public record LabDiff(Side before, Side after, boolean aligned, List<Step> steps) {
    /** Beyond this the alignment would take long, and nobody would read it. */
    private static final int MOST_INSTRUCTIONS = 10_000;
    /** A place inside a routine, which moves with every instruction before it. */
    private static final String INSIDE = "( [^ \\[\\]+]+)\\+0x[0-9a-f]+$";
    /** An address beside {@code rip}, which moves with the code. */
    private static final String RELATIVE = "\\[rip [+-] 0x[0-9a-f]+\\]|\\[rip\\]";

    /** Copies the list. */
    public LabDiff {
        steps = List.copyOf(steps);
    }

    /**
     * One of the two.
     *
     * @param variant whose
     * @param op      the round
     */
    public record Side(String variant, LabVariant.Op op) {
        CpuRound round() {
            return op.round();
        }
    }

    /** What became of an instruction. */
    public enum Fate {
        /** Only the variant executes it. */
        ADDED,
        /** Only the baseline executes it. */
        REMOVED,
        /** Both do. */
        KEPT
    }

    /** What one execution cost on one side. */
    record Cost(long cycles, Optional<Cause> cause) {
        CauseCycles causes() {
            return cause.isEmpty() || cycles == 0 ? CauseCycles.NONE : new CauseCycles(Map.of(cause.get(), cycles));
        }
    }

    /**
     * An instruction.
     *
     * @param fate   what became of it
     * @param text   of it
     * @param place  the routine that it is in
     * @param source the line that made it
     * @param before what it took, empty where it is new
     * @param after  what it takes, empty where it is gone
     */
    public record Step(Fate fate, String text, String place, Optional<SourceLine> source, Optional<Cost> before,
            Optional<Cost> after) {
        long cycles() {
            return after.map(Cost::cycles).orElse(0L) - before.map(Cost::cycles).orElse(0L);
        }

        CauseCycles causes() {
            return after.map(Cost::causes).orElse(CauseCycles.NONE)
                .minus(before.map(Cost::causes).orElse(CauseCycles.NONE));
        }

        boolean isChanged() {
            return fate != Fate.KEPT || !before.equals(after);
        }
    }

    /** An instruction of one side; by its key it is the same as one of the other side. */
    private record Placed(String key, String text, String place, Optional<SourceLine> source, Cost cost) {
    }

    /**
     * {@return the difference}
     *
     * @param before     the baseline
     * @param beforeCode its image's code
     * @param after      the variant
     * @param afterCode  its image's code
     */
    static LabDiff of(final Side before, final CodeView beforeCode, final Side after, final CodeView afterCode) {
        if (Math.max(before.round().path().length(), after.round().path().length()) > MOST_INSTRUCTIONS) {
            return new LabDiff(before, after, false, List.of());
        }
        return new LabDiff(before, after, true,
            steps(placed(before.round().path(), beforeCode), placed(after.round().path(), afterCode)));
    }

    /** {@return what steps of a kind add to the cycles} */
    long cycles(final Fate fate) {
        return steps.stream().filter(step -> step.fate() == fate).mapToLong(Step::cycles).sum();
    }

    long count(final Fate fate) {
        return steps.stream().filter(step -> step.fate() == fate).count();
    }

    /** {@return cycles by cause that steps of a kind add} */
    CauseCycles causes(final Fate fate) {
        return steps.stream().filter(step -> step.fate() == fate).map(Step::causes)
            .reduce(CauseCycles.NONE, CauseCycles::plus);
    }

    private static List<Step> steps(final List<Placed> from, final List<Placed> to) {
        final List<Step> steps = new ArrayList<>();
        int oldAt = 0;
        int newAt = 0;
        final List<AbstractDelta<String>> deltas = DiffUtils.diff(from.stream().map(Placed::key).toList(),
            to.stream().map(Placed::key).toList()).getDeltas();
        for (int i = 0; i <= deltas.size(); i++) {
            final boolean last = i == deltas.size();
            final int end = last ? from.size() : deltas.get(i).getSource().getPosition();
            for (; oldAt < end; oldAt++, newAt++) {
                steps.add(step(Fate.KEPT, to.get(newAt), Optional.of(from.get(oldAt)), Optional.of(to.get(newAt))));
            }
            if (!last) {
                final int gone = oldAt + deltas.get(i).getSource().size();
                final int come = newAt + deltas.get(i).getTarget().size();
                from.subList(oldAt, gone).forEach(one ->
                    steps.add(step(Fate.REMOVED, one, Optional.of(one), Optional.empty())));
                to.subList(newAt, come).forEach(one ->
                    steps.add(step(Fate.ADDED, one, Optional.empty(), Optional.of(one))));
                oldAt = gone;
                newAt = come;
            }
        }
        return steps;
    }

    private static Step step(
            final Fate fate, final Placed shown, final Optional<Placed> before, final Optional<Placed> after) {
        return new Step(fate, shown.text(), shown.place(), shown.source(), before.map(Placed::cost),
            after.map(Placed::cost));
    }

    private static List<Placed> placed(final RoundPath path, final CodeView code) {
        final List<Placed> placed = new ArrayList<>();
        for (int i = 0; i < path.length(); i++) {
            final long address = path.address(i);
            final String text = code.instruction(address);
            placed.add(new Placed(text.replaceFirst(INSIDE, "$1").replaceAll(RELATIVE, "[rip]"), text,
                code.routine(address), code.source(address), new Cost(path.cycles(i), path.cause(i))));
        }
        return placed;
    }
}
