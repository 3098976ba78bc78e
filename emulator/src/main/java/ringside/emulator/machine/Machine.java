package ringside.emulator.machine;

import ringside.emulator.bus.AddressBus;
import ringside.emulator.bus.InterruptLine;
import ringside.emulator.device.apic.LocalApic;
import ringside.emulator.device.debugexit.DebugExit;
import ringside.emulator.device.uart.Uart16550;
import ringside.emulator.engine.CpuEngine;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.engine.EngineCallbacks;
import ringside.emulator.engine.EngineConfig;
import ringside.emulator.engine.EngineExit;
import ringside.emulator.engine.EngineProvider;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.EventSource;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.memory.GuestRam;
import ringside.emulator.timing.CycleClock;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.platform.PcLayout;

/**
 * A PC with one CPU, its RAM and four devices, deterministic to the last cycle.
 *
 * <pre>
 *   Machine ─┬─ CpuEngine      executes, vectors, counts           (one, native)
 *            ├─ CycleClock     deadlines of devices, in cycles
 *            ├─ ports ──────── Uart16550 (COM1), DebugExit
 *            ├─ memory ─────── LocalApic ── timer on the clock
 *            └─ observers      hear events, change nothing
 * </pre>
 *
 * <p>A machine is used by one thread at a time. The same image and configuration give the same run.
 */
public final class Machine implements EventSource, AutoCloseable {
    private static final int CPU = 0;
    private static final long INTERRUPT_FLAG = 1 << 9;

    private final MachineConfig config;
    private final GuestImage image;
    private final GuestRam ram;
    private final CpuEngine cpu;
    private final CycleClock clock;
    private final AddressBus ports = new AddressBus();
    private final AddressBus memory = new AddressBus();
    private final LocalApic apic;
    private final Observers observers = new Observers();
    private final FaultChain faults = new FaultChain();
    private long otherSteps;
    private long limit = Long.MAX_VALUE;
    private boolean running;
    private RunResult ended;

    private Machine(final MachineConfig config, final GuestImage image) {
        this.config = config;
        this.image = image;
        ram = GuestRam.allocate(config.memory());
        cpu = EngineProvider.find().open(
                new EngineConfig(ram, config.timing(), new Answers(), CPU, config.counting()));
        clock = new CycleClock(cpu::cycles, this::schedule);
        apic = new LocalApic(clock, this::schedule);
        ports.map(PcLayout.COM1_PORT, PcLayout.COM1_PORT_COUNT, new Uart16550(
                this::serial, InterruptLine.NOWHERE, clock, PcLayout.CYCLES_PER_SECOND));
        ports.map(PcLayout.DEBUG_EXIT_PORT, PcLayout.DEBUG_EXIT_PORT_COUNT, new DebugExit(this::exit));
        memory.map(PcLayout.LAPIC_BASE, PcLayout.LAPIC_SIZE, apic);
    }

    /**
     * Makes a machine and loads an image into it; nothing has run yet.
     *
     * @param config what it is made of
     * @param image  what it boots
     * @return the machine; its owner closes it
     * @throws ringside.emulator.boot.BootException when the image does not fit the machine
     * @throws ringside.emulator.engine.EngineException when the native engine fails
     */
    public static Machine boot(final MachineConfig config, final GuestImage image) {
        final Machine machine = new Machine(config, image);
        try {
            Loader.load(machine.cpu, image, config);
            return machine;
        } catch (final RuntimeException e) {
            machine.close();
            throw e;
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

    /** {@return instructions retired since boot} */
    public long instructions() {
        return cpu.instructions();
    }

    /** {@return cycles since boot, by the configured model} */
    public long cycles() {
        return cpu.cycles();
    }

    /** {@return exceptions and interrupts delivered and idle waits ended since boot} */
    public long otherSteps() {
        return otherSteps;
    }

    /** {@return the CPU's registers and memory, for looking at} */
    public CpuView cpu() {
        return new CpuView(cpu);
    }

    @Override
    public void addObserver(final MachineObserver observer) {
        requireStopped();
        observers.add(observer);
        cpu.observe(observers.all(), image.probes());
    }

    @Override
    public void removeObserver(final MachineObserver observer) {
        requireStopped();
        observers.remove(observer);
        cpu.observe(observers.all(), image.probes());
    }

    private void requireStopped() {
        if (running) {
            throw new IllegalStateException("the machine is running");
        }
    }

    /**
     * Runs the guest until it ends or the budget is spent.
     *
     * @param budget how much it may do from here
     * @return why it came back; after anything but a spent budget, every further call gives the same
     * @throws ringside.emulator.engine.EngineException when the native engine fails
     */
    public RunResult run(final Budget budget) {
        requireStopped();
        limit = Math.addExact(steps(), Math.min(budget.steps(), Long.MAX_VALUE - steps()));
        running = true;
        try {
            while (ended == null && steps() < limit) {
                schedule();
                final EngineExit exit = cpu.run();
                ended = switch (exit.reason()) {
                    case HALTED -> idle();
                    case TRIPLE_FAULT -> faults.tripleFault();
                    case NO_MEMORY -> new RunResult.NothingToExecute(exit.address());
                    case STOPPED -> ended;
                };
            }
        } finally {
            running = false;
        }
        return ended != null ? ended : new RunResult.BudgetSpent(cpu.read(CpuRegister.RIP));
    }

    private long steps() {
        return cpu.instructions() + cpu.repetitions() + otherSteps;
    }

    // HLT waits for an interrupt; nothing but a deadline can bring one. The answer is null when one came.
    private RunResult idle() {
        for (final MachineObserver observer : observers.of(EventKind.HALT)) {
            observer.halt(cpu.cycles(), CPU);
        }
        otherSteps++;
        final boolean canWake = (cpu.read(CpuRegister.RFLAGS) & INTERRUPT_FLAG) != 0;
        while (canWake && !apic.pending() && apic.expectsInterrupt() && steps() < limit) {
            cpu.skip(Math.max(0, clock.next() - clock.now()));
            clock.fireDue();
            otherSteps++;
        }
        final boolean forEver = !canWake || !apic.pending() && !apic.expectsInterrupt();
        return forEver ? new RunResult.Halted(cpu.read(CpuRegister.RIP)) : ended;
    }

    /** Tells the engine when to ask next: at a deadline, at the end of the budget, or at once. */
    private void schedule() {
        if (apic != null && running) {
            final long budgetEnd = cpu.cycles() + Math.max(0, limit - steps());
            cpu.setAttention(apic.pending() || ended != null ? 0
                    : Math.min(clock.next(), budgetEnd < 0 ? Long.MAX_VALUE : budgetEnd));
        }
    }

    private void serial(final int value) {
        config.serial().send(value);
        for (final MachineObserver observer : observers.of(EventKind.CONSOLE_BYTE)) {
            cpu.flushEvents();
            observer.consoleByte(cpu.cycles(), CPU, value);
        }
    }

    private void exit(final int code) {
        ended = new RunResult.Exited(code);
        cpu.stop();
    }

    @Override
    public void close() {
        cpu.close();
        ram.close();
    }

    /** What the engine asks. */
    private final class Answers implements EngineCallbacks {
        @Override
        public int attention(final int acceptable) {
            clock.fireDue();
            if (ended != null || steps() >= limit) {
                return STOP;
            }
            if ((acceptable & INTERRUPTS) != 0 && apic.pending()) {
                final int vector = apic.acknowledge();
                otherSteps++;
                schedule();
                return vector;
            }
            schedule();
            return PROCEED;
        }

        @Override
        public boolean exception(final int vector, final long errorCode, final long rip) {
            // Past the budget an exception is still delivered, for a trap would be lost; the stop comes before the
            // handler's first block. Only where nothing retires at all, and there is no such block, it is here.
            final boolean progress = faults.add(
                    new GuestFault(vector, errorCode, cpu.read(CpuRegister.CR2)), rip, cpu.instructions());
            if (!progress && steps() >= limit) {
                return false;
            }
            otherSteps++;
            return true;
        }

        @Override
        public long readPort(final int port, final int size) {
            final long value = ports.read(port, size);
            tellDevice(port, size, value, false);
            return value;
        }

        @Override
        public void writePort(final int port, final int size, final long value) {
            tellDevice(port, size, value, true);
            ports.write(port, size, value);
        }

        @Override
        public long readDevice(final long address, final int size) {
            final long value = memory.read(address, size);
            tellDevice(address, size, value, false);
            return value;
        }

        @Override
        public void writeDevice(final long address, final int size, final long value) {
            tellDevice(address, size, value, true);
            memory.write(address, size, value);
        }

        @Override
        public void cpuid(final int leaf, final int subleaf, final int[] result) {
            CpuFeatures.answer(leaf, subleaf, cpu.read(CpuRegister.CR4), result);
        }

        @Override
        public long timeStamp() {
            return cpu.cycles();
        }

        private void tellDevice(
                final long address, final int size, final long value, final boolean write) {
            for (final MachineObserver observer : observers.of(EventKind.DEVICE)) {
                cpu.flushEvents();
                observer.device(cpu.cycles(), CPU, address, size, value, write);
            }
        }
    }
}
