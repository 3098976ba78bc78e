package ringside.fastpath.kernel.fuzz;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.emulator.snapshot.Snapshot;
import ringside.fastpath.kernel.view.KernelInvariants;
import ringside.fastpath.view.KernelObjects;
import ringside.fastpath.view.KernelView;
import ringside.kernel.abi.KernelLayouts;
import ringside.toolchain.image.GuestImage;

/** A machine that executes a plan, and the host that looks at it now and then from outside. */
final class FuzzRun {
    /** The rule that an access breaks which no page table allows. */
    static final String TOUCH = "touch";

    /** The privilege level of programs. */
    static final int USER_LEVEL = 3;

    private static final long MEMORY = 16L << 20;
    private static final long LEAST_QUANTUM = 150;
    private static final int QUANTA = 6;
    private static final long MOST_STEPS = 15_000_000;
    private static final int LEAST_PAUSE = 700;
    private static final int MORE_PAUSE = 7000;
    private static final int SHORT_STEP = 5;
    private static final int LONG_STEP = 211;
    private static final int SHORT_STEPS = 100;
    private static final int MOST_SETTLING = 20_000;
    /** From the probe of an idle CPU to where it is when it has halted: STI and HLT, a byte each. */
    private static final int IDLE_BYTES = 2;

    private final FuzzImage fuzz;
    private final Plan plan;
    private final GuestImage image;
    private final int cpus;
    private final Random random;
    private final MachineConfig config;
    private final Trace trace;
    private final ByteArrayOutputStream serial = new ByteArrayOutputStream();
    private final List<String> broken = new ArrayList<>();
    private KernelInvariants invariants;
    private KernelInvariants.Counts start;
    private long phase;
    private int looks;

    FuzzRun(final FuzzImage fuzz, final Plan plan, final long seed, final int cpus, final Trace trace) {
        this.fuzz = fuzz;
        this.plan = plan;
        this.cpus = cpus;
        this.trace = trace;
        image = fuzz.with(plan);
        random = new Random(seed);
        // Several CPUs take turns in another order and of another length with each seed.
        config = cpus == 1 ? MachineConfig.standard().withMemory(MEMORY) : MachineConfig.standard().withMemory(MEMORY)
                .withVcpus(cpus).withSeed(seed + 1).withQuantum(LEAST_QUANTUM << Math.floorMod(seed, QUANTA));
    }

    /** Hears of threads whose floating-point registers are not what they were. */
    private final class Losses implements MachineObserver {
        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.PROBE);
        }

        @Override
        public void probe(final long cycle, final int cpu, final int probe, final long first, final long second,
                final long third) {
            if (image.probes().get(probe).kind().equals("fuzz_lost")) {
                broken.add("registers: a thread on CPU " + cpu + " has lost its floating-point ones");
            }
        }
    }

    /** {@return what went wrong: a rule, a colon, what and where; empty if nothing did} */
    Optional<String> run() {
        try (Machine machine = Machine.boot(config.withSerial(serial::write), image)) {
            final KernelView view = new KernelView(image, machine.cpu().memory());
            machine.addObserver(new Losses());
            if (trace != null) {
                trace.watch(machine, plan);
            }
            RunResult result;
            do {
                result = machine.run(Budget.steps(LEAST_PAUSE + random.nextInt(MORE_PAUSE)));
                if (result instanceof RunResult.BudgetSpent) {
                    result = settle(machine, view, result);
                }
                if (!broken.isEmpty()) {
                    return Optional.of(broken.getFirst() + "\n" + serialEnd());
                }
            } while (result instanceof RunResult.BudgetSpent && machine.steps() < MOST_STEPS);
            return result.equals(new RunResult.Exited(0)) && phase == plan.rounds().size() + 1 ? Optional.empty()
                    : Optional.of("end: " + result + " in phase " + phase + "\n" + serialEnd());
        }
    }

    /**
     * {@return a store or a load that came through though no page table allowed it, whatever a TLB remembered}
     *
     * @param touches of a run of the same plan
     */
    Optional<String> check(final List<Trace.Touch> touches) {
        try (Machine machine = Machine.boot(config, image)) {
            final KernelView view = new KernelView(image, machine.cpu().memory());
            for (final Trace.Touch touch : touches) {
                reach(machine, touch);
                if (machine.cpu(touch.cpu()).read(CpuRegister.CPL) != USER_LEVEL) {
                    continue;
                }
                final long entry = view.leaf(machine.cpu(touch.cpu()).read(CpuRegister.CR3), touch.address());
                if ((entry & 1) == 0 || touch.writes() && (entry & 2) == 0) {
                    return Optional.of(TOUCH + ": " + touch.text() + ", and the page's entry is 0x"
                            + Long.toHexString(entry));
                }
            }
            return Optional.empty();
        }
    }

    /** Goes to a cycle and at most a step beyond: an idle CPU's clock may leap, then it was too much at once. */
    private static void reach(final Machine machine, final Trace.Touch touch) {
        final int cpu = touch.cpu();
        while (machine.cycles(cpu) < touch.cycle()) {
            final Snapshot before = machine.snapshot();
            long steps = touch.cycle() - machine.cycles(cpu);
            machine.run(Budget.steps(steps));
            while (machine.cycles(cpu) > touch.cycle() && steps > 1) {
                steps = steps / 2;
                machine.restore(before);
                machine.run(Budget.steps(steps));
            }
        }
    }

    /** {@return the round that was going on at the end, from 0} */
    int round() {
        return Math.clamp(phase - 1, 0, plan.rounds().size() - 1);
    }

    /** {@return how often the host looked} */
    int looks() {
        return looks;
    }

    private String serialEnd() {
        final String text = serial.toString(StandardCharsets.US_ASCII);
        return text.substring(Math.max(0, text.length() - 1500));
    }

    /** Goes on until no CPU is at work in the kernel, and looks. */
    private RunResult settle(final Machine machine, final KernelView view, final RunResult before) {
        RunResult result = before;
        for (int i = 0; i < MOST_SETTLING && result instanceof RunResult.BudgetSpent; i++) {
            if (isQuiet(machine, view)) {
                look(machine, view);
                return result;
            }
            result = machine.run(Budget.steps(i < SHORT_STEPS ? SHORT_STEP : LONG_STEP));
        }
        return result;
    }

    /** {@return whether nobody has the kernel's lock; without one, whether a program runs or the CPU is idle} */
    private boolean isQuiet(final Machine machine, final KernelView view) {
        if (image.symbols().byName("kernel_lock").isPresent()) {
            return view.half(view.symbol("kernel_lock")) == 0;
        }
        final long idle = image.probes().stream().filter(probe -> probe.kind().equals("cpu_idle")).findFirst()
                .orElseThrow().address();
        for (int cpu = 0; cpu < cpus; cpu++) {
            final long rip = machine.cpu(cpu).read(CpuRegister.RIP);
            if (machine.cpu(cpu).read(CpuRegister.CPL) != USER_LEVEL
                    && (rip < idle || rip > idle + IDLE_BYTES)) {
                return false;
            }
        }
        return true;
    }

    /** Nobody has handles to the supervisor, so all of its own are originals: what others have was copied from them. */
    private static List<String> originals(final KernelView view) {
        final List<String> wrong = new ArrayList<>();
        final KernelObjects objects = new KernelObjects(view);
        for (final long handle : objects.handles()) {
            if (view.word(handle + KernelLayouts.HANDLE.offset("process")) != view.variable("process_first")) {
                continue;
            }
            for (final long other : objects.to(view.word(handle + KernelLayouts.HANDLE.offset("object")))) {
                if (view.half(other + KernelLayouts.HANDLE.offset("depth")) == 0 != (other == handle)) {
                    wrong.add("handle depth: that of the handle at 0x" + Long.toHexString(other)
                            + " does not say that it was copied from the supervisor's");
                }
            }
        }
        return wrong;
    }

    private void look(final Machine machine, final KernelView view) {
        final long now = machine.cpu().memory().get(ValueLayout.JAVA_LONG_UNALIGNED,
                fuzz.symbol("fuzz_phase") - fuzz.symbol("init_data_start") + fuzz.symbol("init_data_load_start"));
        if (now == 0) {
            return;
        }
        if (now != phase && now != phase + 1) {
            broken.add("host: it missed the beginning of phase " + (phase + 1));
        }
        looks++;
        if (start == null) {
            invariants = new KernelInvariants(view, cpus);
            start = invariants.counts();
        }
        broken.addAll(invariants.check());
        broken.addAll(originals(view));
        broken.addAll(Leaks.check(machine, view, cpus));
        if (broken.isEmpty() && now > phase) {
            final KernelInvariants.Counts counts = invariants.counts();
            if (!counts.equals(start)) {
                broken.add("counts: at first " + start + ", after round " + (phase - 1) + " " + counts);
            }
        }
        for (int cpu = 0; cpu < cpus && broken.isEmpty(); cpu++) {
            final long thread = invariants.running(cpu);
            if (machine.cpu(cpu).read(CpuRegister.CPL) == USER_LEVEL && (thread == 0
                    || view.word(thread + KernelLayouts.THREAD.offset("cr3")) << 1
                    != machine.cpu(cpu).read(CpuRegister.CR3) << 1)) {
                broken.add("space: CPU " + cpu + " is in another address space than its thread");
            }
        }
        phase = now;
    }
}
