package ringside.profiler.profile;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import ringside.profiler.model.Cause;

/**
 * Where a run's instructions and cycles went, and why. Every roll-up adds up to the same totals, and those to the CPUs'
 * clocks.
 *
 * @param model        name and version of the cycle model
 * @param hasCauses    whether the model says why cycles pass: then causes add up to cycles everywhere, otherwise there
 *                     are none
 * @param instructions by address, CPU, space and level
 * @param tables       what instructions are counted by beside that
 * @param cpus         where each CPU's time went
 * @param calls        the root of all chains of calls, or {@code null} where they were not followed
 * @param tooDeep      calls that count under their caller's frame because they were too deep
 */
public record CodeProfile(String model, boolean hasCauses, List<InstructionCost> instructions, Tables tables,
                          List<CpuTime> cpus, CallNode calls, long tooDeep) {
    /** Copies the lists. */
    public CodeProfile {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(tables, "tables");
        instructions = List.copyOf(instructions);
        cpus = List.copyOf(cpus);
    }

    /**
     * What instructions are counted by beside where they are.
     *
     * @param phases     the kernel's instructions by the image's phase marks
     * @param entries    by what entered the kernel; of level 3 and of boot too
     * @param threads    by the thread that the CPU was for: as the image's probes say, else by the stack of calls;
     *                   empty where neither is known
     * @param deliveries of exceptions and interrupts, where the model gives them cycles
     * @param spaces     names of address spaces by their root, where the image has them
     */
    public record Tables(List<Share> phases, List<Share> entries, List<Share> threads, List<Share> deliveries,
                         Map<Long, String> spaces) {
        /** Copies the lists. */
        public Tables {
            phases = List.copyOf(phases);
            entries = List.copyOf(entries);
            threads = List.copyOf(threads);
            deliveries = List.copyOf(deliveries);
            spaces = Map.copyOf(spaces);
        }
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

    /** {@return those cycles, by cause where causes are known} */
    public CauseCycles idleCauses() {
        return hasCauses ? CauseCycles.only(Cause.IDLE, idleCycles()) : CauseCycles.NONE;
    }

    /**
     * {@return everything by a name, the dearest first: instructions, deliveries and idle time; adds up to the totals}
     *
     * @param name of what an instruction counts under
     */
    public List<Share> by(final Function<InstructionCost, String> name) {
        final Map<String, Sum> sums = new LinkedHashMap<>();
        for (final InstructionCost cost : instructions) {
            sums.computeIfAbsent(name.apply(cost), _ -> new Sum()).add(cost.executions(), cost.cycles(), cost.causes());
        }
        final List<Share> all = new ArrayList<>();
        sums.forEach((what, sum) -> all.add(new Share(what, 0, sum.instructions, sum.cycles, sum.causes())));
        return withOthers(all);
    }

    /** Adds what is no instruction. */
    private List<Share> withOthers(final List<Share> instructed) {
        final List<Share> all = new ArrayList<>(instructed);
        tables.deliveries().forEach(share -> all.add(new Share(share.name() + " delivery", share.count(), 0,
            share.cycles(), share.causes())));
        if (idleCycles() > 0) {
            all.add(new Share("[idle]", cpus.stream().mapToLong(CpuTime::waits).sum(), 0, idleCycles(),
                idleCauses()));
        }
        return Share.sorted(all);
    }

    /** {@return everything by routine} */
    public List<Share> routines() {
        return by(InstructionCost::routine);
    }

    /** {@return everything by address space} */
    public List<Share> spaces() {
        return by(cost -> {
            if (cost.space() == InstructionCost.OTHER_SPACES) {
                return "[other address spaces]";
            }
            final String root = "0x" + Long.toHexString(cost.space());
            final String name = tables.spaces().get(cost.space());
            return name == null ? root : root + " " + name;
        });
    }

    /** {@return everything by CPU, deliveries and idle time apart} */
    public List<Share> byCpu() {
        return by(cost -> "CPU " + cost.cpu());
    }

    /** {@return everything by what the kernel was entered for} */
    public List<Share> entries() {
        return withOthers(tables.entries());
    }

    /** {@return everything by thread; empty where none is known} */
    public List<Share> threads() {
        return tables.threads().isEmpty() ? List.of() : withOthers(tables.threads());
    }

    /** {@return everything by phase of the kernel; level 3 is one of its own} */
    public List<Share> phases() {
        final List<Share> all = new ArrayList<>(tables.phases());
        final Sum user = new Sum();
        instructions.stream().filter(cost -> cost.level() != 0)
            .forEach(cost -> user.add(cost.executions(), cost.cycles(), cost.causes()));
        if (user.instructions > 0) {
            all.add(new Share("[user]", 0, user.instructions, user.cycles, user.causes()));
        }
        return withOthers(all);
    }

    /** {@return all cycles by cause} */
    public CauseCycles causes() {
        final Sum all = new Sum();
        withOthers(List.of()).forEach(share -> all.add(0, share.cycles(), share.causes()));
        instructions.forEach(cost -> all.add(0, cost.cycles(), cost.causes()));
        return all.causes();
    }

    /** {@return what each address took, by rising address; CPUs, spaces and levels together} */
    public List<InstructionCost> addresses() {
        final Map<Long, InstructionCost> sums = new LinkedHashMap<>();
        for (final InstructionCost cost : instructions) {
            sums.merge(cost.address(), cost, (a, b) -> new InstructionCost(a.address(), a.routine(), a.cpu(), a.level(),
                a.space(), a.executions() + b.executions(), a.cycles() + b.cycles(), a.causes().plus(b.causes())));
        }
        return sums.values().stream().sorted((a, b) -> Long.compareUnsigned(a.address(), b.address())).toList();
    }

    /** A sum under way. */
    private static final class Sum {
        private final Map<Cause, Long> byCause = new EnumMap<>(Cause.class);
        private long instructions;
        private long cycles;

        void add(final long executions, final long some, final CauseCycles causes) {
            instructions += executions;
            cycles += some;
            causes.cycles().forEach((cause, part) -> byCause.merge(cause, part, Long::sum));
        }

        CauseCycles causes() {
            return new CauseCycles(byCause);
        }
    }
}
