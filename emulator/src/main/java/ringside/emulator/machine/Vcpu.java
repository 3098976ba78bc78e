package ringside.emulator.machine;

import ringside.emulator.device.apic.ApicCore;
import ringside.emulator.device.apic.LocalApic;
import ringside.emulator.engine.CpuEngine;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.engine.EngineCallbacks;
import ringside.emulator.engine.EngineConfig;
import ringside.emulator.engine.EngineExit;
import ringside.emulator.engine.EngineProvider;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.memory.GuestRam;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;
import ringside.emulator.timing.CycleClock;

/**
 * One CPU of a machine: its engine, its local APIC, the clock that both live by, and what it waits for.
 *
 * <pre>
 *   reset, INIT ──► WAITING ──SIPI──► RUNNING ◄──interrupt, NMI── HALTED
 *                                        └──────────HLT─────────────▲
 * </pre>
 *
 * <p>Its time is its engine's cycles. While it does not run its time stands still; what wakes it moves it on.
 */
final class Vcpu implements EngineCallbacks, ApicCore, Stateful, AutoCloseable {
    /** What a CPU does. */
    enum State {
        /** It executes when its turn comes. */
        RUNNING,
        /** It executed HLT. */
        HALTED,
        /** It waits for a start-up message. */
        WAITING
    }

    private static final long INTERRUPT_FLAG = 1 << 9;
    private static final State[] STATES = State.values();

    private final int number;
    private final Platform platform;
    private final Scheduler scheduler;
    private final Observers observers;
    private final CpuEngine engine;
    private final CycleClock clock;
    private final LocalApic apic;
    private final Msrs msrs;
    private final VmFunctions vmFunctions;
    private final CpuTopology topology;
    private final FaultChain faults;
    private State state;
    private boolean nmiPending;
    private boolean initPending;
    private boolean ownTime;

    Vcpu(final int number, final MachineConfig config, final GuestRam ram, final Platform platform,
            final Scheduler scheduler, final Observers observers, final long cycle) {
        this.number = number;
        this.platform = platform;
        this.scheduler = scheduler;
        this.observers = observers;
        state = number == 0 ? State.RUNNING : State.WAITING;
        faults = new FaultChain(number);
        topology = new CpuTopology(number, config.vcpus());
        engine = EngineProvider.find().open(
                new EngineConfig(ram, config.timing(), this, number, config.counting()));
        try {
            skipTo(cycle);
            clock = new CycleClock(engine::cycles, this::schedule);
            apic = new LocalApic(number, clock, platform.messages(), this);
            msrs = new Msrs(apic, engine::cycles);
            vmFunctions = new VmFunctions(config.vmFunctions(), engine);
            if (number == 0) {
                apic.wireThrough();
            } else {
                engine.initialise();
            }
        } catch (final Throwable failure) {
            engine.close();
            throw failure;
        }
    }

    int number() {
        return number;
    }

    CpuEngine engine() {
        return engine;
    }

    LocalApic apic() {
        return apic;
    }

    State state() {
        return state;
    }

    boolean isRunning() {
        return state == State.RUNNING;
    }

    long cycles() {
        return engine.cycles();
    }

    /** {@return instructions and repetitions, which a budget counts} */
    long steps() {
        return engine.instructions() + engine.repetitions();
    }

    /** Moves its time on, never back. */
    void skipTo(final long cycle) {
        if (cycle > engine.cycles()) {
            engine.skip(cycle - engine.cycles());
            for (final MachineObserver observer : observers.of(EventKind.IDLE)) {
                observer.idle(cycle, number);
            }
        }
    }

    /** {@return when its own timer would end its wait, or {@link CycleClock#NEVER}} */
    long nextWake() {
        return state == State.HALTED && takesInterrupts() ? apic.nextInterrupt() : CycleClock.NEVER;
    }

    /** {@return whether an interrupt would end its wait; only while it does not run} */
    boolean takesInterrupts() {
        return (engine.read(CpuRegister.RFLAGS) & INTERRUPT_FLAG) != 0;
    }

    /** {@return whether it can execute before a cycle, woken by its own timer if need be} */
    boolean isReadyBefore(final long cycle) {
        final long wake = nextWake();
        if (wake < cycle && wake <= platform.next()) {
            skipTo(wake);
            fireOwnDeadlines();
        }
        return state == State.RUNNING && cycles() < cycle;
    }

    private void fireOwnDeadlines() {
        ownTime = true;
        clock.fireDue();
        ownTime = false;
    }

    /** {@return the next instruction, virtual} */
    long rip() {
        return engine.read(CpuRegister.RIP);
    }

    /** Executes until the scheduler's limits, or something else, end it. */
    void run() {
        schedule();
        final EngineExit exit = engine.run();
        final RunResult end = switch (exit.reason()) {
            case HALTED, STOPPED -> null;
            case TRIPLE_FAULT -> faults.tripleFault();
            case NO_MEMORY -> new RunResult.NothingToExecute(exit.address());
        };
        if (end != null) {
            scheduler.end(end);
        } else if (exit.reason() == EngineExit.Reason.HALTED) {
            halt();
        }
        if (initPending) {
            start();
        }
    }

    private void halt() {
        for (final MachineObserver observer : observers.of(EventKind.HALT)) {
            observer.halt(engine.cycles(), number);
        }
        scheduler.step();
        state = State.HALTED;
        ownTime = true;
        wakeIfAsked();
        ownTime = false;
    }

    private void wakeIfAsked() {
        if (state == State.HALTED && (nmiPending || interruptWaits() && takesInterrupts())) {
            wake();
        }
    }

    private void wake() {
        state = State.RUNNING;
        if (!ownTime) {
            skipTo(scheduler.now());
            scheduler.woke();
        }
    }

    private boolean interruptWaits() {
        return apic.pending() || apic.acceptsExternal();
    }

    /** Tells the engine when to ask next. */
    void schedule() {
        if (scheduler.isCurrent(this)) {
            engine.setPending((nmiPending ? NMI : 0) | (interruptWaits() ? INTERRUPTS : 0));
            engine.setAttention(initPending ? 0
                    : Math.min(scheduler.attention(this), Math.min(clock.next(), platform.nextStop())));
        }
    }

    @Override
    public void changed() {
        if (scheduler.isCurrent(this)) {
            schedule();
        } else if (!scheduler.isLoading()) {
            wakeIfAsked();
        }
    }

    @Override
    public void nmi() {
        nmiPending = true;
        changed();
    }

    @Override
    public void initialise() {
        if (scheduler.isCurrent(this)) {
            initPending = true;
            engine.stop();
        } else {
            start();
        }
    }

    // Where the first CPU starts there is firmware on a PC, and that starts the machine again.
    private void start() {
        initPending = false;
        nmiPending = false;
        if (number == 0) {
            scheduler.end(new RunResult.Reset("INIT to the first CPU"));
        } else {
            engine.initialise();
            apic.reset();
            state = State.WAITING;
        }
    }

    @Override
    public void startUp(final int vector) {
        if (state == State.WAITING) {
            engine.startUp(vector);
            wake();
        }
    }

    @Override
    public int attention(final int acceptable) {
        platform.fireDue();
        fireOwnDeadlines();
        int answer = PROCEED;
        if (initPending || scheduler.mustStop(this)) {
            answer = STOP;
        } else if (nmiPending && (acceptable & NMI) != 0) {
            nmiPending = false;
            answer = NMI_VECTOR;
        } else if ((acceptable & INTERRUPTS) != 0 && apic.pending()) {
            answer = apic.acknowledge();
        } else if ((acceptable & INTERRUPTS) != 0 && apic.acceptsExternal()) {
            apic.acknowledgeExternal();
            answer = platform.acknowledge();
        }
        if (answer >= 0) {
            scheduler.step();
        }
        schedule();
        return answer;
    }

    @Override
    public boolean exception(final int vector, final long errorCode, final long rip) {
        // Past the budget an exception is still delivered, for a trap would be lost; the stop comes before the
        // handler's first block. Only where nothing retires at all, and there is no such block, it is here: before
        // another delivery begins, never within one.
        final long instructions = engine.instructions();
        if (scheduler.isSpent() && faults.continues(instructions) && !engine.delivering()) {
            return false;
        }
        faults.add(new GuestFault(vector, errorCode, engine.read(CpuRegister.CR2)), rip, instructions);
        scheduler.step();
        schedule();
        return true;
    }

    @Override
    public long readPort(final int port, final int size) {
        final long value = platform.ports().read(port, size);
        tellDevice(port, size, value, false);
        return value;
    }

    @Override
    public void writePort(final int port, final int size, final long value) {
        tellDevice(port, size, value, true);
        platform.ports().write(port, size, value);
    }

    @Override
    public long readDevice(final long address, final int size) {
        final long value = apic.answersAt(address)
                ? apic.page().read((int) address & GuestRam.PAGE - 1, size) : platform.memory().read(address, size);
        tellDevice(address, size, value, false);
        return value;
    }

    @Override
    public void writeDevice(final long address, final int size, final long value) {
        tellDevice(address, size, value, true);
        if (apic.answersAt(address)) {
            apic.page().write((int) address & GuestRam.PAGE - 1, size, value);
        } else {
            platform.memory().write(address, size, value);
        }
    }

    private void tellDevice(final long address, final int size, final long value, final boolean write) {
        for (final MachineObserver observer : observers.of(EventKind.DEVICE)) {
            engine.flushEvents();
            observer.device(engine.cycles(), number, address, size, value, write);
        }
    }

    /** Tells that a byte left the serial port by this CPU's doing. */
    void tellConsoleByte(final int value) {
        for (final MachineObserver observer : observers.of(EventKind.CONSOLE_BYTE)) {
            engine.flushEvents();
            observer.consoleByte(engine.cycles(), number, value);
        }
    }

    @Override
    public void cpuid(final int leaf, final int subleaf, final int[] result) {
        CpuFeatures.answer(leaf, subleaf, engine.read(CpuRegister.CR4), result);
        topology.amend(leaf, subleaf, apic.enabled(), result);
        vmFunctions.amend(leaf, result);
    }

    @Override
    public long timeStamp() {
        return msrs.timeStamp();
    }

    @Override
    public boolean readMsr(final int msr, final long[] value) {
        return msrs.read(msr, value) || vmFunctions.read(msr, value);
    }

    @Override
    public boolean writeMsr(final int msr, final long value) {
        return msrs.write(msr, value) || vmFunctions.write(msr, value);
    }

    @Override
    public boolean vmFunction(final int function, final int argument) {
        return vmFunctions.execute(function, argument);
    }

    @Override
    public void leftExtendedTables(final long guestPhysical, final int right, final long block) {
        scheduler.end(new RunResult.EptViolation(number, guestPhysical, right, block));
    }

    @Override
    public int taskPriority() {
        return apic.priorityClass();
    }

    @Override
    public void taskPriority(final int priority) {
        apic.priorityClass(priority);
    }

    @Override
    public void save(final StateWriter out) {
        out.section("vcpu").u8(state.ordinal()).bool(nmiPending).bool(initPending);
        msrs.save(out);
        vmFunctions.save(out);
        apic.save(out);
        faults.save(out);
    }

    /** Takes up all but the engine, whose state must be there before. */
    @Override
    public void load(final StateReader in) {
        in.section("vcpu");
        final int saved = in.u8();
        if (saved >= STATES.length) {
            throw in.refused("no such state of a CPU: state=" + saved);
        }
        state = STATES[saved];
        nmiPending = in.bool();
        initPending = in.bool();
        msrs.load(in);
        vmFunctions.load(in);
        apic.load(in);
        faults.load(in);
    }

    @Override
    public void close() {
        engine.close();
    }
}
