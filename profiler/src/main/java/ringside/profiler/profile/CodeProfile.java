package ringside.profiler.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a run's instructions and cycles went. Every roll-up adds up to the same totals, and those to the CPUs' clocks.
 *
 * @param model        name and version of the cycle model
 * @param instructions by address, CPU, space and level
 * @param phases       the kernel's instructions by the image's phase marks
 * @param entries      by what entered the kernel; of level 3 and of boot too
 * @param deliveries   of exceptions and interrupts, where the model gives them cycles
 * @param cpus         where each CPU's time went
 * @param calls        the root of all chains of calls, or {@code null} where they were not followed
 * @param tooDeep      calls that count under their caller's frame because they were too deep
 */
public record CodeProfile(String model, List<InstructionCost> instructions, List<Share> phases, List<Share> entries,
                          List<Share> deliveries, List<CpuTime> cpus, CallNode calls, long tooDeep) {
    /** Copies the lists. */
    public CodeProfile {
        Objects.requireNonNull(model, "model");
        instructions = List.copyOf(instructions);
        phases = List.copyOf(phases);
        entries = List.copyOf(entries);
        deliveries = List.copyOf(deliveries);
        cpus = List.copyOf(cpus);
    }

    /** {@return the tree, if calls were followed} */
    public Optional<CallNode> tree() {
        return Optional.ofNullable(calls);
    }

    /** {@return instructions that retired} */
    public long totalInstructions() {
        return cpus.stream().mapToLong(CpuTime::instructions).sum();
    }

    /** {@return cycles that passed, idle ones too, of all CPUs together} */
    public long totalCycles() {
        return cpus.stream().mapToLong(cpu -> cpu.end() - cpu.start()).sum();
    }

    /** {@return cycles in which CPUs waited} */
    public long idleCycles() {
        return cpus.stream().mapToLong(CpuTime::idleCycles).sum();
    }

    /**
     * {@return everything by a name, the dearest first: instructions, deliveries and idle time; adds up to the totals}
     *
     * @param name of what an instruction counts under
     */
    public List<Share> by(final Function<InstructionCost, String> name) {
        final Map<String, long[]> sums = new LinkedHashMap<>();
        for (final InstructionCost cost : instructions) {
            final long[] sum = sums.computeIfAbsent(name.apply(cost), _ -> new long[2]);
            sum[0] += cost.executions();
            sum[1] += cost.cycles();
        }
        final List<Share> all = new ArrayList<>();
        sums.forEach((what, sum) -> all.add(new Share(what, 0, sum[0], sum[1])));
        deliveries.forEach(share -> all.add(new Share(share.name() + " delivery", share.count(), 0, share.cycles())));
        if (idleCycles() > 0) {
            all.add(new Share("[idle]", cpus.stream().mapToLong(CpuTime::waits).sum(), 0, idleCycles()));
        }
        return Share.sorted(all);
    }

    /** {@return everything by routine} */
    public List<Share> routines() {
        return by(InstructionCost::routine);
    }

    /** {@return everything by address space} */
    public List<Share> spaces() {
        return by(cost -> cost.space() == InstructionCost.OTHER_SPACES ? "[other address spaces]"
            : "0x" + Long.toHexString(cost.space()));
    }

    /** {@return executions and cycles of each address, by rising address; CPUs, spaces and levels together} */
    public List<InstructionCost> addresses() {
        final Map<Long, InstructionCost> sums = new LinkedHashMap<>();
        for (final InstructionCost cost : instructions) {
            sums.merge(cost.address(), cost, (a, b) -> new InstructionCost(a.address(), a.routine(), a.cpu(), a.level(),
                a.space(), a.executions() + b.executions(), a.cycles() + b.cycles()));
        }
        return sums.values().stream().sorted((a, b) -> Long.compareUnsigned(a.address(), b.address())).toList();
    }
}
