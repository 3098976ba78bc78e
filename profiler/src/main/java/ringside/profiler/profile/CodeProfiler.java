package ringside.profiler.profile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.profiler.model.Cause;
import ringside.profiler.model.CauseFeed;
import ringside.toolchain.image.Probe;

/**
 * Counts every instruction of a run where it was: at its address, on its CPU, in its address space, at its level, in
 * its phase, for what entered the kernel, for which thread, and under its chain of calls; with why it took its cycles.
 *
 * <p>Time is taken from the cycles of events alone. What passes up to an instruction's event is that instruction's, up
 * to an exception's or interrupt's event the delivery's, up to an idle event idle time; up to any other event it is the
 * latest instruction's. So all of it adds up to each CPU's clock, whatever model is behind the events.
 */
public final class CodeProfiler implements MachineObserver {
    /** Address spaces that are told apart; further ones count as one. */
    static final int MOST_SPACES = 256;
    private static final String PHASE = "phase_";
    private static final long ROOT_BITS = 0x000f_ffff_ffff_f000L;
    private static final int SYSCALL_BYTES = 2;
    private static final int NONE = -1;
    private static final Flow[] FLOWS = Flow.values();

    private final Set<EventKind> interests;
    private final Names names = new Names();
    private final CostRows rows;
    private final CallTree tree;
    private final CallTracker tracker;
    private final List<String> phases = new ArrayList<>();
    private final int[] phaseOfProbe;
    private final ThreadMarks marks;
    private final CauseFeed feed;
    private final NumberedCosts phaseTally = new NumberedCosts();
    private final NumberedCosts threadTally = new NumberedCosts();
    private final NumberedCosts entryTally = new NumberedCosts();
    private final NumberedCosts deliveryTally = new NumberedCosts();
    private final long[] spaces = new long[MOST_SPACES + 1];
    private final CpuTally[] cpus;
    private int spaceCount;

    /**
     * Prepares to count.
     *
     * @param code   what is known of the guest's code
     * @param probes the image's, in the order in which events number them
     * @param calls  whether to follow calls, which takes memory events
     * @param clocks the cycle at which each CPU stands
     * @param roots  CR3 of each CPU
     * @param causes says why instructions take their cycles, where the source of events knows
     */
    public CodeProfiler(final GuestCode code, final List<Probe> probes, final boolean calls, final long[] clocks,
            final long[] roots, final Optional<CauseFeed> causes) {
        this(code, probes, calls, clocks, roots, causes, CostRows.MOST_ROWS);
    }

    CodeProfiler(final GuestCode code, final List<Probe> probes, final boolean calls, final long[] clocks,
            final long[] roots, final Optional<CauseFeed> causes, final int most) {
        feed = causes.orElse(null);
        marks = new ThreadMarks(code, probes);
        rows = new CostRows(Objects.requireNonNull(code, "code"), names, most);
        tree = calls ? new CallTree(most) : null;
        tracker = calls ? new CallTracker(tree) : null;
        phaseOfProbe = new int[probes.size()];
        for (int i = 0; i < phaseOfProbe.length; i++) {
            final String kind = probes.get(i).kind();
            phaseOfProbe[i] = NONE;
            if (kind.startsWith(PHASE)) {
                final String phase = kind.substring(PHASE.length()).replace('_', '-');
                if (!phases.contains(phase)) {
                    phases.add(phase);
                }
                phaseOfProbe[i] = phases.indexOf(phase);
            }
        }
        // A number more than there are is that of the kernel's instructions under no phase.
        cpus = new CpuTally[clocks.length];
        for (int i = 0; i < cpus.length; i++) {
            cpus[i] = new CpuTally(clocks[i], phases.size());
            cpus[i].bootRoot = roots[i];
            enterSpace(i, roots[i]);
        }
        interests = interests(calls, IntStream.range(0, probes.size())
            .anyMatch(probe -> phaseOfProbe[probe] != NONE || marks.listens(probe)));
    }

    private static Set<EventKind> interests(final boolean calls, final boolean probes) {
        final Set<EventKind> wanted = EnumSet.of(EventKind.INSTRUCTION, EventKind.EXCEPTION, EventKind.INTERRUPT,
            EventKind.SYSCALL, EventKind.ADDRESS_SPACE, EventKind.IDLE, EventKind.RESET);
        if (probes) {
            wanted.add(EventKind.PROBE);
        }
        if (calls) {
            wanted.add(EventKind.MEMORY_READ);
            wanted.add(EventKind.MEMORY_WRITE);
        }
        return Collections.unmodifiableSet(wanted);
    }

    @Override
    public Set<EventKind> interests() {
        return interests;
    }

    @Override
    public void instruction(
            final long cycle, final int cpu, final long address, final int length, final int level) {
        final CpuTally tally = cpus[cpu];
        final long cost = cycle - tally.last;
        tally.last = cycle;
        final int row = rows.find(tally.table + (level == 0 ? 0 : 1), address, tally.row);
        tally.row = row;
        final Cause cause = cause(cpu);
        rows.execute(row, cost, cause);
        tally.instructions++;
        tally.instructionCycles += cost;
        tally.level = level;
        if (level == 0) {
            phaseTally.execute(tally.phase, cost, cause);
            tally.latestPhase = tally.phase;
            if (tally.entry == Names.USER) {
                tally.entry = Names.OTHER_ENTRY;
            }
        } else {
            tally.latestPhase = NONE;
            tally.phase = phases.size();
            tally.entry = Names.USER;
        }
        entryTally.execute(tally.entry, cost, cause);
        if (tracker != null) {
            tally.node = tracker.at(tally.place, address, level, tally.space, rows.routine(row));
            tree.execute(tally.node, cost, cause);
            final Flow flow = FLOWS[rows.flow(row)];
            tracker.did(tally.place, flow, address, length, flow == Flow.CALL ? tally.written : tally.read);
            if (!marks.known()) {
                tally.thread = tracker.thread(tally.place);
            }
        }
        threadTally.execute(tally.thread, cost, cause);
    }

    @Override
    public void memoryRead(final long cycle, final int cpu, final long address, final int size, final int level) {
        cpus[cpu].read = address;
    }

    @Override
    public void memoryWrite(final long cycle, final int cpu, final long address, final int size, final int level) {
        cpus[cpu].written = address;
    }

    @Override
    public void syscall(final long cycle, final int cpu, final long rip, final long number) {
        chargeLatest(cycle, cpu);
        enter(cpu, names.syscall(number), rip, rip + SYSCALL_BYTES, true, 0);
    }

    @Override
    public void exception(
            final long cycle, final int cpu, final int vector, final long errorCode, final long rip) {
        deliver(cycle, cpu, names.exception(vector), rip, rip);
    }

    @Override
    public void interrupt(final long cycle, final int cpu, final int vector, final long rip) {
        // Where an interrupt falls is no place of a call.
        deliver(cycle, cpu, names.interrupt(vector), 0, rip);
    }

    private void deliver(final long cycle, final int cpu, final int name, final long site, final long rip) {
        final long cost = cycle - cpus[cpu].last;
        cpus[cpu].last = cycle;
        cpus[cpu].deliveryCycles += cost;
        enter(cpu, name, site, rip, false, cost);
    }

    private void enter(final int cpu, final int name, final long site, final long returnsTo, final boolean syscall,
            final long cost) {
        final CpuTally tally = cpus[cpu];
        // What falls into the kernel belongs to what the kernel was entered for; out of a wait there is none.
        if (tally.level != 0 || tally.waited || syscall) {
            tally.entry = name;
            tally.phase = phases.size();
        }
        tally.waited = false;
        entryTally.count(name);
        deliveryTally.count(name);
        deliveryTally.charge(name, cost, known(Cause.EVENT));
        if (tracker != null) {
            tally.node = tracker.enter(tally.place, name, site, returnsTo, tally.space, syscall);
            tree.charge(tally.node, cost, known(Cause.EVENT));
        }
        tally.level = 0;
    }

    @Override
    public void addressSpace(final long cycle, final int cpu, final long root) {
        chargeLatest(cycle, cpu);
        enterSpace(cpu, root);
    }

    @Override
    public void probe(final long cycle, final int cpu, final int probe, final long first, final long second,
            final long third) {
        chargeLatest(cycle, cpu);
        if (phaseOfProbe[probe] != NONE) {
            cpus[cpu].phase = phaseOfProbe[probe];
        }
        final int thread = marks.at(probe, first, second, third);
        if (thread != ThreadMarks.UNSAID) {
            cpus[cpu].thread = thread;
        }
    }

    @Override
    public void idle(final long cycle, final int cpu) {
        final CpuTally tally = cpus[cpu];
        final long cost = cycle - tally.last;
        tally.last = cycle;
        tally.idleCycles += cost;
        tally.waits++;
        tally.waited = true;
        if (tracker != null) {
            final int node = tree.child(CallTree.ROOT, 0, Names.IDLE);
            tree.enter(node);
            tree.charge(node, cost, known(Cause.IDLE));
        }
    }

    @Override
    public void reset(final long cycle, final int cpu, final String cause) {
        for (int i = 0; i < cpus.length; i++) {
            cpus[i].restart(phases.size());
            enterSpace(i, cpus[i].bootRoot);
            if (tracker != null) {
                tracker.reset(cpus[i].place);
            }
        }
    }

    /** Cycles that no event of their own accounts for are the latest instruction's. */
    private void chargeLatest(final long cycle, final int cpu) {
        final CpuTally tally = cpus[cpu];
        final long cost = cycle - tally.last;
        if (cost != 0 && tally.row != NONE) {
            tally.last = cycle;
            tally.instructionCycles += cost;
            final Cause cause = cause(cpu);
            rows.charge(tally.row, cost, cause);
            entryTally.charge(tally.entry, cost, cause);
            threadTally.charge(tally.thread, cost, cause);
            if (tally.latestPhase != NONE) {
                phaseTally.charge(tally.latestPhase, cost, cause);
            }
            if (tracker != null) {
                tree.charge(tally.node, cost, cause);
            }
        }
    }

    /** {@return why the latest instruction took its cycles, or {@code null} where nobody says} */
    private Cause cause(final int cpu) {
        return feed == null ? null : feed.latest(cpu);
    }

    private Cause known(final Cause cause) {
        return feed == null ? null : cause;
    }

    private void enterSpace(final int cpu, final long root) {
        final long wanted = root & ROOT_BITS;
        int space = 0;
        while (space < spaceCount && spaces[space] != wanted) {
            space++;
        }
        if (space == spaceCount && spaceCount < MOST_SPACES) {
            spaces[spaceCount++] = wanted;
        }
        cpus[cpu].space = space;
        cpus[cpu].table = (cpu * (MOST_SPACES + 1) + space) * 2;
    }

    /**
     * {@return what was counted so far}
     *
     * @param model name of the cycle model behind the events
     */
    public CodeProfile profile(final String model) {
        final List<InstructionCost> instructions = new ArrayList<>(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            final int table = rows.table(row);
            final int space = table / 2 % (MOST_SPACES + 1);
            instructions.add(new InstructionCost(rows.address(row), names.name(rows.routine(row)),
                table / 2 / (MOST_SPACES + 1), table % 2 == 0 ? 0 : 3,
                space == MOST_SPACES ? InstructionCost.OTHER_SPACES : spaces[space], rows.executions(row),
                rows.cycles(row), rows.causes(row)));
        }
        final List<CpuTime> times = new ArrayList<>();
        for (int i = 0; i < cpus.length; i++) {
            times.add(cpus[i].time(i));
        }
        return new CodeProfile(model, feed != null, instructions, tables(), times,
            tree == null ? null : tree.result(names), tracker == null ? 0 : tracker.tooDeep());
    }

    private CodeProfile.Tables tables() {
        final List<Share> deliveries = deliveryTally.shares(names.count(), names::name).stream()
            .filter(share -> share.cycles() > 0).toList();
        return new CodeProfile.Tables(
            phaseTally.shares(phases.size() + 1, i -> i == phases.size() ? "[no phase]" : phases.get(i)),
            Share.sorted(entryTally.shares(names.count(), names::name)),
            Share.sorted(threads()), Share.sorted(deliveries), marks.spaces());
    }

    /** By what the image says; otherwise by stacks, which take calls. */
    private List<Share> threads() {
        if (marks.known()) {
            return threadTally.shares(marks.count(), marks::name);
        }
        return tracker == null ? List.of() : threadTally.shares(tracker.threads() + 1, thread -> thread == 0
            ? marks.name(ThreadMarks.NOBODY) : "stack " + thread + ", from " + names.name(tracker.base(thread)));
    }

    /** What is known of one CPU. */
    private static final class CpuTally {
        private final CallTracker.Place place = new CallTracker.Place();
        private final long start;
        private long last;
        private long bootRoot;
        private int space;
        private int table;
        private int row = NONE;
        private int node;
        private int level;
        private int phase;
        private int latestPhase = NONE;
        private int thread = ThreadMarks.NOBODY;
        private int entry = Names.BOOT;
        private boolean waited;
        private long read;
        private long written;
        private long instructions;
        private long instructionCycles;
        private long deliveryCycles;
        private long idleCycles;
        private long waits;

        CpuTally(final long start, final int noPhase) {
            this.start = start;
            last = start;
            phase = noPhase;
        }

        void restart(final int noPhase) {
            level = 0;
            phase = noPhase;
            thread = ThreadMarks.NOBODY;
            entry = Names.BOOT;
            waited = false;
        }

        CpuTime time(final int number) {
            return new CpuTime(number, start, last, instructions, instructionCycles, deliveryCycles, idleCycles,
                waits);
        }
    }
}
