package ringside.emulator.machine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import ringside.emulator.device.uart.SerialSink;
import ringside.emulator.device.virtio.BlockBackend;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.engine.FloatingPointRegisters;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.EventSource;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.memory.GuestRam;
import ringside.emulator.snapshot.Snapshot;
import ringside.emulator.snapshot.SnapshotException;
import ringside.toolchain.image.GuestImage;

/**
 * A PC with its CPUs, RAM and devices, deterministic to the last cycle.
 *
 * <pre>
 *   Machine ─┬─ GuestRam      shared by all
 *            ├─ Vcpu × 1-16 ─ CpuEngine (executes, vectors, counts) and LocalApic, on a time of its own
 *            ├─ Scheduler     whose turn it is, and for how long
 *            ├─ Platform      buses, devices, interrupt controllers, on one time
 *            └─ observers     hear events, change nothing
 * </pre>
 *
 * <p>A machine is used by one thread at a time. The same image and configuration give the same run.
 */
public final class Machine implements EventSource, AutoCloseable {
    /**
     * The number of what machines do: two builds with the same number run the same guest in the same way, to the last
     * cycle and byte of a state hash. Whoever changes any of it counts on.
     */
    public static final int BEHAVIOUR = 1;

    /** What firmware would do after a reset, as far as a budget is concerned: no guest resets for ever. */
    private static final long STEPS_OF_A_RESET = 1_000_000;

    private final MachineConfig config;
    private final GuestImage image;
    private final GuestRam ram;
    private final List<BlockBackend> disks = new ArrayList<>();
    private final Observers observers = new Observers();
    private final List<Vcpu> vcpus = new ArrayList<>();
    private final Checkpoints checkpoints;
    private final BeforeReset before = new BeforeReset();
    private Consumer<HostWrite> writes = write -> { };
    private Scheduler scheduler;
    private Platform platform;
    private boolean running;

    private Machine(final MachineConfig config, final GuestImage image) {
        this.config = config;
        this.image = image;
        ram = GuestRam.allocate(config.memory());
        checkpoints = new Checkpoints(config, image, ram);
    }

    /**
     * Makes a machine and loads an image into it; nothing has run yet.
     *
     * @param config what it is made of
     * @param image  what it boots
     * @return the machine; its owner closes it
     * @throws ringside.emulator.boot.BootException when the image does not fit the machine
     * @throws ringside.emulator.device.virtio.DiskImageException when a disk cannot be opened
     * @throws ringside.emulator.engine.EngineException when the native engine fails
     */
    public static Machine boot(final MachineConfig config, final GuestImage image) {
        final Machine machine = new Machine(config, image);
        try {
            config.disks().forEach(disk -> machine.disks.add(disk.open()));
            machine.assemble(0);
            return machine;
        } catch (final Throwable e) {
            machine.close();
            throw e;
        }
    }

    /** Puts the parts together around RAM that is all zero, at a time, and loads the image. */
    private void assemble(final long cycle) {
        scheduler = new Scheduler(config);
        platform = new Platform(config, scheduler, ram, disks, cycle);
        scheduler.connect(platform, vcpus);
        for (int i = 0; i < config.vcpus(); i++) {
            vcpus.add(new Vcpu(i, config, ram, platform, scheduler, observers, cycle));
        }
        Loader.load(ram, vcpus.getFirst().engine(), image, config);
        observe();
    }

    private void reset() {
        final long cycle = cycles();
        final Platform old = platform;
        before.set(instructions(), steps() + STEPS_OF_A_RESET);
        vcpus.forEach(Vcpu::close);
        vcpus.clear();
        checkpoints.clear();
        assemble(cycle);
        platform.continueInput(old);
    }

    /** {@return what it was made of} */
    public MachineConfig config() {
        return config;
    }

    /** {@return what it booted} */
    public GuestImage image() {
        return image;
    }

    /** {@return instructions that all vCPUs retired since boot} */
    public long instructions() {
        return before.instructions() + vcpus.stream().mapToLong(vcpu -> vcpu.engine().instructions()).sum();
    }

    /** {@return cycles since boot, by the configured model, of the vCPU that is farthest} */
    public long cycles() {
        return vcpus.stream().mapToLong(Vcpu::cycles).max().orElse(0);
    }

    /**
     * {@return cycles since boot of one vCPU; while it waits its time stands still}
     *
     * @param number from 0
     */
    public long cycles(final int number) {
        return vcpus.get(number).cycles();
    }

    /** {@return exceptions and interrupts delivered and idle waits ended since boot} */
    public long otherSteps() {
        return scheduler.otherSteps();
    }

    /** {@return what a budget counts, since boot: instructions, repetitions beyond the first and other steps} */
    public long steps() {
        return before.steps() + scheduler.steps();
    }

    /** {@return the serial port, 1 or 2, whose input would wake a CPU that waits; 0 if none would} */
    public int awaitedPort() {
        return platform.awaitedPort(scheduler.isHeard());
    }

    /** {@return the first CPU's registers and memory, for looking at} */
    public CpuView cpu() {
        return cpu(0);
    }

    /**
     * {@return a CPU's registers and memory, for looking at}
     *
     * @param number from 0
     */
    public CpuView cpu(final int number) {
        return new CpuView(vcpus.get(number), platform);
    }

    @Override
    public void addObserver(final MachineObserver observer) {
        requireStopped();
        observers.add(observer);
        observe();
    }

    @Override
    public void removeObserver(final MachineObserver observer) {
        requireStopped();
        observers.remove(observer);
        observe();
    }

    private void observe() {
        for (final Vcpu vcpu : vcpus) {
            vcpu.engine().observe(observers.all(), image.probes());
        }
    }

    private void requireStopped() {
        if (running) {
            throw new IllegalStateException("the machine is running");
        }
    }

    /**
     * Runs the guest until it ends or the budget is spent.
     *
     * @param budget how much it may do from here, all vCPUs together
     * @return why it came back; after anything but a spent budget, every further call gives the same
     * @throws ringside.emulator.engine.EngineException when the native engine fails
     */
    public RunResult run(final Budget budget) {
        requireStopped();
        final long limit = Math.addExact(steps(), Math.min(budget.steps(), Long.MAX_VALUE - steps()));
        running = true;
        try {
            while (true) {
                final boolean endsNow = scheduler.ended() == null;
                final RunResult result = scheduler.run(limit - before.steps());
                if (result == null) {
                    return new RunResult.BudgetSpent(scheduler.next().rip());
                }
                final boolean resets = result instanceof RunResult.Reset || result instanceof RunResult.TripleFault;
                if (resets && endsNow) {
                    tellReset(result);
                }
                if (!resets || config.onReset() == ResetPolicy.END) {
                    return result;
                }
                reset();
            }
        } finally {
            running = false;
        }
    }

    /**
     * Runs one vCPU while the others stand still: a schedule that the caller chooses, instruction by instruction. Time
     * of the others stands still as well; {@link #run} goes on with the turns where they were. The budget ends between
     * any two instructions. Interrupts are taken between blocks, and so where one waits a run in small pieces takes it
     * earlier than one in a large piece.
     *
     * @param cpu    number of the vCPU, from 0
     * @param budget how much it may do from here
     * @return why it came back: the budget, the end of the run, or {@link RunResult.Halted} where this vCPU waits for
     *         an interrupt or its start, after which the machine runs on
     * @throws ringside.emulator.engine.EngineException when the native engine fails
     */
    public RunResult runOnly(final int cpu, final Budget budget) {
        requireStopped();
        final Vcpu vcpu = vcpus.get(cpu);
        running = true;
        try {
            final long limit = Math.addExact(steps(), Math.min(budget.steps(), Long.MAX_VALUE - steps()));
            final RunResult result = scheduler.runOnly(vcpu, limit - before.steps());
            if (result != null) {
                return result;
            }
            return vcpu.isRunning() ? new RunResult.BudgetSpent(vcpu.rip()) : new RunResult.Halted(vcpu.rip());
        } finally {
            running = false;
        }
    }

    /**
     * Runs the first instructions of what would run next, and stops within their block: a look at a place where the
     * machine itself never stops. {@link #run} from there may take an interrupt where the uncut run does not, so go
     * back to where this began before anything else.
     *
     * @param instructions at least 1, fewer than {@link #run} would execute with a budget of one step
     * @return why it came back: the budget, or the end of the run
     * @throws ringside.emulator.engine.EngineException when the native engine fails
     */
    public RunResult runWithin(final int instructions) {
        requireStopped();
        running = true;
        try {
            final RunResult result = scheduler.runWithin(instructions);
            return result != null ? result : new RunResult.BudgetSpent(scheduler.next().rip());
        } finally {
            running = false;
        }
    }

    /** {@return the number of the vCPU whose turn it is, or that had the last one where a round ended} */
    public int turn() {
        return scheduler.next().number();
    }

    /**
     * {@return instructions and repetitions that a vCPU executed since boot or reset}
     *
     * @param number from 0
     */
    public long steps(final int number) {
        return vcpus.get(number).steps();
    }

    /**
     * {@return whether a vCPU executes when its turn comes, and waits neither in HLT nor for its start}
     *
     * @param number from 0
     */
    public boolean isRunning(final int number) {
        return vcpus.get(number).isRunning();
    }

    /** {@return numbers of the pages of RAM that were written since the last snapshot was taken or restored} */
    public BitSet written() {
        return ram.dirty().all();
    }

    /**
     * Counts the stores to some bytes of RAM from here on, whoever does them, in place of those before.
     *
     * @param physical the first one
     * @param bytes    how many, at least 1; 0 to count no more
     * @throws IllegalArgumentException where not all of it is RAM
     */
    public void watchStores(final long physical, final int bytes) {
        requireStopped();
        if (physical < 0 || bytes < 0 || physical > ram.size() - bytes) {
            throw new IllegalArgumentException("not in RAM: physical=0x" + Long.toHexString(physical)
                    + " bytes=" + bytes);
        }
        if (bytes == 0) {
            ram.stores().end();
        } else {
            ram.stores().begin(physical, bytes);
        }
    }

    /** {@return how many stores were counted since boot} */
    public long watchedStores() {
        return ram.stores().count();
    }

    /**
     * Sets a register between two runs: no time passes.
     *
     * @param number   of the vCPU, from 0
     * @param register a general one, RIP, RFLAGS, a control register or a segment's base
     * @param value    its new value
     * @throws IllegalArgumentException for the registers that are not written from outside, and for an RIP or a base
     *                                  that is no canonical address
     */
    public void write(final int number, final CpuRegister register, final long value) {
        requireStopped();
        vcpus.get(number).engine().write(register, value);
        writes.accept(new HostWrite.OfRegister(number, register, value));
    }

    /**
     * Sets the x87 and SSE registers between two runs: no time passes.
     *
     * @param number    of the vCPU, from 0
     * @param registers their new values
     */
    public void write(final int number, final FloatingPointRegisters registers) {
        requireStopped();
        vcpus.get(number).engine().floatingPoint(registers);
        writes.accept(new HostWrite.OfFloatingPoint(number, registers));
    }

    /**
     * Writes to RAM between two runs, as a device would: no CPU's time passes.
     *
     * @param physical first byte
     * @param bytes    what is written
     * @throws IllegalArgumentException where not all of it is RAM
     */
    public void write(final long physical, final byte[] bytes) {
        requireStopped();
        if (!ram.write(physical, bytes, 0, bytes.length)) {
            throw new IllegalArgumentException("not in RAM: physical=0x" + Long.toHexString(physical)
                    + " bytes=" + bytes.length);
        }
        writes.accept(new HostWrite.OfMemory(physical, bytes));
    }

    /**
     * Sets who hears of each such write, behind it; in place of who did before.
     *
     * @param listener takes them
     */
    public void tellWrites(final Consumer<HostWrite> listener) {
        writes = Objects.requireNonNull(listener, "listener");
    }

    /** {@return what ended the guest's run, if something did: it goes on no more} */
    public Optional<RunResult> ended() {
        return Optional.ofNullable(scheduler.ended());
    }

    /**
     * Goes back to just before the run ended for want of input, for which it will be asked once more.
     *
     * @throws IllegalStateException where the run did not end so
     */
    public void askAgain() {
        requireStopped();
        if (!(scheduler.ended() instanceof RunResult.Halted) || awaitedPort() == 0) {
            throw new IllegalStateException("the run did not end for want of input: ended=" + scheduler.ended());
        }
        scheduler.askAgain();
    }

    private void tellReset(final RunResult result) {
        final int cpu = result instanceof RunResult.TripleFault fault ? fault.cpu() : scheduler.next().number();
        for (final MachineObserver observer : observers.of(EventKind.RESET)) {
            observer.reset(cycles(), cpu, result.describe());
        }
    }

    /**
     * {@return all of the machine as a value}
     *
     * <p>Only between runs. Costs what changed since the last one was taken or restored.
     */
    public Snapshot snapshot() {
        requireStopped();
        return checkpoints.take(parts(), steps(), cycles());
    }

    /** {@return the state hash: equal for machines whose guests cannot tell them apart, 64 hex digits} */
    public String stateHash() {
        return snapshot().hash();
    }

    /**
     * Goes to where a snapshot was taken, here or on another machine of the same make; observers stay. Only between
     * runs. Costs what differs.
     *
     * @param snapshot where to go
     * @throws SnapshotException when it is not of such a machine; after one that names a part the machine is in no
     *                           defined state, and can be closed or restored again
     */
    public void restore(final Snapshot snapshot) {
        requireStopped();
        if (!disks.stream().allMatch(BlockBackend::restorable)) {
            throw new SnapshotException("snapshot", "disk", "a machine that writes to a disk's file cannot go back");
        }
        checkpoints.restore(snapshot, parts(), scheduler);
        if (steps() != snapshot.steps() || cycles() != snapshot.cycles()) {
            throw new SnapshotException("snapshot", "time", "it is of step " + snapshot.steps() + " and cycle "
                    + snapshot.cycles() + ", and its parts of " + steps() + " and " + cycles());
        }
    }

    /**
     * {@return a second machine of the same make that stands where a snapshot was taken and runs independently; its
     * owner closes it}
     *
     * @param snapshot where it begins
     * @param serial   takes what its COM1 sends
     * @param input    gives what its COM1 receives
     * @throws SnapshotException when the snapshot is not of such a machine
     */
    public Machine fork(final Snapshot snapshot, final SerialSink serial, final InputSource input) {
        return resume(config.withSerial(serial).withInput(input), image, snapshot);
    }

    /**
     * Makes a machine that stands where a snapshot was taken.
     *
     * @param config   as that of the machine it was taken of, but for the ends of the serial port
     * @param image    what that machine booted
     * @param snapshot where it begins
     * @return the machine; its owner closes it
     * @throws SnapshotException when the snapshot is not of such a machine
     */
    public static Machine resume(final MachineConfig config, final GuestImage image, final Snapshot snapshot) {
        final Machine machine = boot(config, image);
        try {
            machine.restore(snapshot);
            return machine;
        } catch (final Throwable e) {
            machine.close();
            throw e;
        }
    }

    private List<Checkpoints.Part> parts() {
        final List<Checkpoints.Part> parts = new ArrayList<>();
        parts.add(new Checkpoints.Part("machine", true, before));
        parts.add(new Checkpoints.Part("scheduler", true, scheduler));
        parts.add(new Checkpoints.Part("platform", true, platform));
        for (int i = 0; i < disks.size(); i++) {
            parts.add(new Checkpoints.Part("disk " + i, true, disks.get(i)));
        }
        for (final Vcpu vcpu : vcpus) {
            parts.add(new Checkpoints.Part("cpu " + vcpu.number(), true, vcpu.engine()));
            parts.add(new Checkpoints.Part("cpu " + vcpu.number() + " surroundings", true, vcpu));
        }
        for (final Vcpu vcpu : vcpus) {
            parts.add(new Checkpoints.Part("cpu " + vcpu.number() + " translations", false,
                    vcpu.engine().translations()));
        }
        parts.add(new Checkpoints.Part("input", false, platform.input()));
        return parts;
    }

    @Override
    public void close() {
        vcpus.forEach(Vcpu::close);
        try {
            disks.forEach(BlockBackend::close);
        } finally {
            ram.close();
        }
    }
}
