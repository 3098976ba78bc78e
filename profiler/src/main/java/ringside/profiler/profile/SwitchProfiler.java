package ringside.profiler.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.profiler.model.Cause;
import ringside.profiler.model.CostListener;
import ringside.toolchain.image.Probe;

/**
 * Takes context switches apart. A switch is a visit to the kernel that leaves to another thread than it came from: from
 * the SYSCALL instruction, or the delivery of an exception or interrupt, up to the first instruction at level 3, or up
 * to a wait where no thread could run. What wakes the CPU begins another one.
 *
 * <p>Where the image has the probe of {@link SwitchMarks#switches}, threads are what its register says. A kernel
 * without it is known by its address spaces alone: a visit that leaves to another page-table root than the last one of
 * level 3 is a switch, and what comes before and after the root's change is {@link SwitchPart#SCHEDULING} and
 * {@link SwitchPart#RESTORE}. Threads of one space are not told apart then.
 *
 * <p>{@link SwitchPart#MISSES} is what of the next {@value #FOLLOWED} instructions at level 3, or of fewer where the
 * kernel is entered before, is due to {@link #MISSES}. It is an upper bound: some of these misses there would have been
 * without the switch.
 *
 * <p>Time comes from the cycles of events, as in {@link CodeProfiler}, so each switch adds up to its clock.
 */
public final class SwitchProfiler implements MachineObserver, CostListener {
    /** Causes that a switch brings about when what the next thread needs is no longer near. */
    public static final Set<Cause> MISSES = Collections.unmodifiableSet(
        EnumSet.of(Cause.CODE_MISS, Cause.L2, Cause.L3, Cause.DRAM, Cause.COHERENCE, Cause.TLB));
    /** Instructions of the next thread in which misses count. */
    public static final int FOLLOWED = 1000;

    private static final int MOST_GROUPS = 256;
    private static final int NOT_FOLLOWING = -1;
    private static final long ROOT_BITS = 0x000f_ffff_ffff_f000L;
    private static final Set<EventKind> INTERESTS = Collections.unmodifiableSet(EnumSet.of(EventKind.INSTRUCTION,
        EventKind.PROBE, EventKind.EXCEPTION, EventKind.INTERRUPT, EventKind.SYSCALL, EventKind.ADDRESS_SPACE,
        EventKind.IDLE, EventKind.RESET));

    private final SwitchPart[] partOfProbe;
    private final boolean[] choosesThread;
    private final boolean marked;
    private final Names names = new Names();
    private final Cpu[] cpus;
    private final Map<Kind, SwitchTally> groups = new TreeMap<>(Comparator.comparingInt(Kind::cpu)
        .thenComparingInt(Kind::name).thenComparing(Kind::toIdle));
    private Cause cause;

    /**
     * Prepares to listen.
     *
     * @param marks  what the kernel's probes mean
     * @param probes the image's, in the order in which events number them
     * @param clocks the cycle at which each CPU stands
     * @param roots  CR3 of each CPU
     */
    public SwitchProfiler(final SwitchMarks marks, final List<Probe> probes, final long[] clocks, final long[] roots) {
        Objects.requireNonNull(marks, "marks");
        partOfProbe = new SwitchPart[probes.size()];
        choosesThread = new boolean[probes.size()];
        boolean any = false;
        for (int i = 0; i < partOfProbe.length; i++) {
            partOfProbe[i] = marks.parts().get(probes.get(i).kind());
            choosesThread[i] = probes.get(i).kind().equals(marks.switches());
            any |= choosesThread[i];
        }
        marked = any;
        cpus = new Cpu[clocks.length];
        Arrays.setAll(cpus, i -> new Cpu(i, clocks[i], roots[i] & ROOT_BITS));
    }

    @Override
    public Set<EventKind> interests() {
        return INTERESTS;
    }

    @Override
    public void cost(final int cpu, final long address, final long cycles, final Cause why) {
        cause = why;
    }

    @Override
    public void instruction(
            final long cycle, final int number, final long address, final int length, final int level) {
        final Cpu cpu = cpus[number];
        if (level != 0 && cpu.visiting) {
            cpu.settle(SwitchPart.RETURN);
            leave(cpu);
        } else {
            settle(cpu);
        }
        if (level != 0) {
            cpu.userRoot = cpu.root;
        }
        cpu.hold(cycle, level, cause);
        cpu.waited = false;
    }

    @Override
    public void probe(final long cycle, final int number, final int probe, final long first, final long second,
            final long third) {
        final Cpu cpu = cpus[number];
        cpu.chargeHeld(cycle);
        if (choosesThread[probe]) {
            cpu.thread = first;
            cpu.known = true;
        }
        if (partOfProbe[probe] != null) {
            cpu.part = partOfProbe[probe];
        }
    }

    @Override
    public void syscall(final long cycle, final int number, final long rip, final long call) {
        final Cpu cpu = cpus[number];
        cpu.chargeHeld(cycle);
        final long cost = cpu.heldCost;
        final Cause why = cpu.heldCause;
        final int count = cpu.held ? 1 : 0;
        cpu.held = false;
        finish(cpu);
        cpu.enter(names.syscall(call), marked);
        cpu.now.add(SwitchPart.ENTRY, cost, why, count);
    }

    @Override
    public void exception(
            final long cycle, final int number, final int vector, final long errorCode, final long rip) {
        deliver(cycle, number, names.exception(vector));
    }

    @Override
    public void interrupt(final long cycle, final int number, final int vector, final long rip) {
        deliver(cycle, number, names.interrupt(vector));
    }

    private void deliver(final long cycle, final int number, final int name) {
        final Cpu cpu = cpus[number];
        final long cost = cycle - cpu.last;
        cpu.last = cycle;
        final boolean fresh = !cpu.visiting && (cpu.level != 0 || cpu.waited);
        settle(cpu);
        if (fresh) {
            finish(cpu);
            cpu.enter(name, marked);
            cpu.now.add(SwitchPart.ENTRY, cost, Cause.EVENT, 0);
        } else if (cpu.visiting) {
            cpu.now.add(cpu.part, cost, Cause.EVENT, 0);
        }
        cpu.level = 0;
        cpu.waited = false;
    }

    @Override
    public void addressSpace(final long cycle, final int number, final long root) {
        final Cpu cpu = cpus[number];
        cpu.chargeHeld(cycle);
        cpu.settle(SwitchPart.SPACE);
        cpu.root = root & ROOT_BITS;
        if (!marked) {
            cpu.part = SwitchPart.RESTORE;
        }
    }

    @Override
    public void idle(final long cycle, final int number) {
        final Cpu cpu = cpus[number];
        settle(cpu);
        cpu.last = cycle;
        if (cpu.visiting) {
            cpu.visiting = false;
            if (marked && cpu.knownAtEntry && cpu.threadAtEntry != 0 && cpu.thread == 0) {
                record(cpu, true);
            }
        }
        cpu.waited = true;
    }

    @Override
    public void reset(final long cycle, final int number, final String why) {
        for (final Cpu cpu : cpus) {
            settle(cpu);
            finish(cpu);
            cpu.visiting = false;
            cpu.level = 0;
            cpu.waited = false;
            cpu.known = false;
        }
    }

    private void settle(final Cpu cpu) {
        cpu.settle(cpu.heldPart);
        if (cpu.following == 0) {
            finish(cpu);
        }
    }

    /** The kernel is left for level 3. */
    private void leave(final Cpu cpu) {
        cpu.visiting = false;
        final boolean another = marked ? cpu.knownAtEntry && cpu.thread != cpu.threadAtEntry
            : cpu.root != cpu.userRoot;
        cpu.following = another ? FOLLOWED : NOT_FOLLOWING;
    }

    /** The misses after the latest switch, if there was one, are complete. */
    private void finish(final Cpu cpu) {
        if (cpu.following != NOT_FOLLOWING) {
            record(cpu, false);
            cpu.following = NOT_FOLLOWING;
        }
    }

    private void record(final Cpu cpu, final boolean toIdle) {
        Kind kind = new Kind(cpu.number, cpu.name, toIdle);
        if (!groups.containsKey(kind) && groups.size() >= MOST_GROUPS) {
            kind = new Kind(0, Names.TOO_MANY, false);
        }
        groups.computeIfAbsent(kind, _ -> new SwitchTally()).take(cpu.now);
    }

    /**
     * {@return the switches so far, by CPU and by what the kernel was entered for; a switch whose misses are still
     * being followed counts with those that it has, and what follows counts no more}
     */
    public List<SwitchGroup> groups() {
        for (final Cpu cpu : cpus) {
            settle(cpu);
            finish(cpu);
        }
        final List<SwitchGroup> all = new ArrayList<>();
        groups.forEach((kind, tally) -> all.add(tally.group(kind.cpu, names.name(kind.name), kind.toIdle)));
        all.sort(Comparator.comparingInt(SwitchGroup::cpu)
            .thenComparing(Comparator.comparingLong((SwitchGroup group) -> group.cycles().count()).reversed())
            .thenComparing(SwitchGroup::entry).thenComparing(SwitchGroup::toIdle));
        return all;
    }

    private record Kind(int cpu, int name, boolean toIdle) {
    }

    /** What is known of one CPU. Its latest instruction is held until it is known what came of it. */
    private static final class Cpu {
        private final int number;
        private final SwitchTally now = new SwitchTally();
        private long last;
        private int level;
        private boolean waited;
        private boolean held;
        private long heldCost;
        private Cause heldCause;
        private int heldLevel;
        private SwitchPart heldPart = SwitchPart.SCHEDULING;
        private boolean visiting;
        private int name;
        private SwitchPart part = SwitchPart.SCHEDULING;
        private long thread;
        private boolean known;
        private long threadAtEntry;
        private boolean knownAtEntry;
        private long root;
        private long userRoot;
        private int following = NOT_FOLLOWING;

        Cpu(final int number, final long clock, final long root) {
            this.number = number;
            last = clock;
            this.root = root;
            userRoot = root;
        }

        void hold(final long cycle, final int at, final Cause why) {
            held = true;
            heldCost = cycle - last;
            heldCause = why;
            heldLevel = at;
            heldPart = part;
            last = cycle;
            level = at;
        }

        /** Cycles that no event of their own accounts for are the latest instruction's. */
        void chargeHeld(final long cycle) {
            if (held) {
                heldCost += cycle - last;
            } else if (visiting) {
                now.add(part, cycle - last, null, 0);
            }
            last = cycle;
        }

        /** The held instruction counts as a part of the visit, or as one that follows a switch. */
        void settle(final SwitchPart as) {
            if (held && heldLevel == 0 && visiting) {
                now.add(as, heldCost, heldCause, 1);
            } else if (held && heldLevel != 0 && following > 0) {
                final boolean miss = heldCause != null && MISSES.contains(heldCause);
                now.add(SwitchPart.MISSES, miss ? heldCost : 0, heldCause, 1);
                following--;
            }
            held = false;
        }

        void enter(final int what, final boolean marked) {
            visiting = true;
            name = what;
            part = marked ? SwitchPart.SAVE : SwitchPart.SCHEDULING;
            threadAtEntry = thread;
            knownAtEntry = known;
            level = 0;
            now.clear();
        }
    }
}
