package ringside.profiler.profile;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import ringside.profiler.model.Cause;

/**
 * What one execution of a window cost under a cycle model, instruction by instruction. Phases of the kernel, the
 * residue that is under none, and the user's share add up to the cycles; so do causes, where the model names them.
 *
 * @param number      of the execution in its trial, from 1 on
 * @param cycles      from the clock before its first instruction to that after its last
 * @param disturbance what fell into it, empty where nothing did
 * @param steps       its instructions in the order they retired
 */
public record RoundCost(int number, long cycles, String disturbance, List<RoundStep> steps) {
    /** Copies the list. */
    public RoundCost {
        steps = List.copyOf(steps);
    }

    /** {@return instructions of kernel and user} */
    public int instructions() {
        return steps.size();
    }

    /** {@return cycles of instructions at level 0} */
    public long kernelCycles() {
        return steps.stream().filter(step -> step.level() == 0).mapToLong(RoundStep::cycles).sum();
    }

    /** {@return cycles of the other instructions, SYSCALL among them, which retires at the level it leaves} */
    public long userCycles() {
        return cycles - kernelCycles() - otherCycles();
    }

    /** {@return cycles of no instruction: what was delivered or waited for in between; 0 in an undisturbed round} */
    public long otherCycles() {
        return cycles - steps.stream().mapToLong(RoundStep::cycles).sum();
    }

    /**
     * {@return the kernel's cycles by phase}
     *
     * @param phases in the order wanted; each is there
     */
    public SequencedMap<String, Long> phases(final List<String> phases) {
        final SequencedMap<String, Long> sums = new LinkedHashMap<>();
        phases.forEach(phase -> sums.put(phase, 0L));
        steps.stream().filter(step -> step.level() == 0 && !step.phase().isEmpty())
            .forEach(step -> sums.merge(step.phase(), step.cycles(), Long::sum));
        return sums;
    }

    /** {@return cycles of kernel instructions under no phase} */
    public long residueCycles() {
        return steps.stream().filter(step -> step.level() == 0 && step.phase().isEmpty())
            .mapToLong(RoundStep::cycles).sum();
    }

    /** {@return cycles by cause, those that are not 0} */
    public SortedMap<Cause, Long> causes() {
        final Map<Cause, Long> sums = new EnumMap<>(Cause.class);
        steps.stream().filter(step -> step.cycles() != 0).forEach(step ->
            step.cause().ifPresent(cause -> sums.merge(cause, step.cycles(), Long::sum)));
        return new TreeMap<>(sums);
    }
}
