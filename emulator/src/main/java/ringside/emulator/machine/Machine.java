package ringside.emulator.machine;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import ringside.emulator.device.virtio.BlockBackend;
import ringside.emulator.event.EventSource;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.memory.GuestRam;
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
    /** What firmware would do after a reset, as far as a budget is concerned: no guest resets for ever. */
    private static final long STEPS_OF_A_RESET = 1_000_000;

    private final MachineConfig config;
    private final GuestImage image;
    private final GuestRam ram;
    private final List<BlockBackend> disks = new ArrayList<>();
    private final Observers observers = new Observers();
    private final List<Vcpu> vcpus = new ArrayList<>();
    private Scheduler scheduler;
    private Platform platform;
    private long instructionsBeforeReset;
    private long stepsBeforeReset;
    private boolean running;

    private Machine(final MachineConfig config, final GuestImage image) {
        this.config = config;
        this.image = image;
        ram = GuestRam.allocate(config.memory());
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
        } catch (final RuntimeException e) {
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
        Loader.load(vcpus.getFirst().engine(), image, config);
        observe();
    }

    private void reset() {
        final long cycle = cycles();
        instructionsBeforeReset = instructions();
        stepsBeforeReset = steps() + STEPS_OF_A_RESET;
        vcpus.forEach(Vcpu::close);
        vcpus.clear();
        clearRam();
        assemble(cycle);
    }

    // Pages that are clear already stay untouched, so that none costs the host memory for the first time.
    private void clearRam() {
        final MemorySegment nothing = MemorySegment.ofArray(new byte[GuestRam.PAGE]);
        for (long page = 0; page < ram.size(); page += GuestRam.PAGE) {
            if (ram.segment().asSlice(page, GuestRam.PAGE).mismatch(nothing) >= 0) {
                ram.write(page, nothing);
            }
        }
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
        return instructionsBeforeReset + vcpus.stream().mapToLong(vcpu -> vcpu.engine().instructions()).sum();
    }

    /** {@return cycles since boot, by the configured model, of the vCPU that is farthest} */
    public long cycles() {
        return vcpus.stream().mapToLong(Vcpu::cycles).max().orElse(0);
    }

    /** {@return exceptions and interrupts delivered and idle waits ended since boot} */
    public long otherSteps() {
        return scheduler.otherSteps();
    }

    private long steps() {
        return stepsBeforeReset + scheduler.steps();
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
        return new CpuView(vcpus.get(number).engine());
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
                final RunResult result = scheduler.run(limit - stepsBeforeReset);
                if (result == null) {
                    return new RunResult.BudgetSpent(scheduler.next().rip());
                }
                final boolean resets = result instanceof RunResult.Reset || result instanceof RunResult.TripleFault;
                if (!resets || config.onReset() == ResetPolicy.END) {
                    return result;
                }
                reset();
            }
        } finally {
            running = false;
        }
    }

    @Override
    public void close() {
        vcpus.forEach(Vcpu::close);
        disks.forEach(BlockBackend::close);
        ram.close();
    }
}
