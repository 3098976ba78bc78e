package ringside.emulator.device.apic;

import ringside.emulator.bus.BusDevice;
import ringside.emulator.bus.MessageBus;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;
import ringside.emulator.timing.CycleClock;

/**
 * A local APIC, as xAPIC behind its page or as x2APIC behind its MSRs (Intel SDM volume 3, chapter 11).
 *
 * <pre>
 *   messages, pins, timer, errors ──► IRR ──► (priority above PPR?) ──► CPU: acknowledge ──► ISR ──► EOI
 * </pre>
 *
 * <p>Register accesses are in {@link ApicPort}. <b>Not modelled:</b> thermal and performance interrupts (their local
 * vectors are only kept), system management, remote read, arbitration, the time a message takes.
 */
public final class LocalApic implements Stateful {
    /** IA32_APIC_BASE after reset: enabled, at its usual page. */
    private static final long BASE_RESET = 0xFEE0_0000L | 1 << 11;
    private static final long BASE_BOOTSTRAP = 1 << 8;
    private static final long BASE_X2 = 1 << 10;
    private static final long BASE_ENABLED = 1 << 11;
    private static final int PHYSICAL_BITS = 40;
    private static final long BASE_PAGE = (1L << PHYSICAL_BITS) - 1 & ~0xFFFL;
    private static final long BASE_WRITABLE = BASE_PAGE | BASE_BOOTSTRAP | BASE_X2 | BASE_ENABLED;

    private static final int SPURIOUS_ENABLE = 1 << 8;
    private static final int SPURIOUS_RESET = 0xFF;
    private static final int FLAT = 0xF;
    private static final int CLASS = 0xF0;
    private static final int OCTET = 0xFF;
    private static final int NIBBLE = 0xF;
    private static final int FIRST_LEGAL_VECTOR = 16;
    private static final int CLUSTER_SHIFT = 16;
    private static final int PINS = 2;

    static final int ERROR_SENT_ILLEGAL_VECTOR = 1 << 5;
    static final int ERROR_RECEIVED_ILLEGAL_VECTOR = 1 << 6;
    static final int ERROR_ILLEGAL_REGISTER = 1 << 7;

    final ApicBus bus;
    final ApicTimer timer;
    final LocalVectors localVectors = new LocalVectors();
    final VectorSet request = new VectorSet();
    final VectorSet inService = new VectorSet();
    final VectorSet triggeredByLevel = new VectorSet();
    int id;
    int taskPriority;
    int logicalDestination;
    int destinationFormat;
    int spurious;
    int errorStatus;
    private final int number;
    private final ApicCore core;
    private final ApicPort port;
    private final boolean[] pins = new boolean[PINS];
    private int errors;
    private long base;
    private boolean externalMessage;

    /**
     * Makes an APIC after reset: without software's leave to interrupt, everything masked.
     *
     * @param number its CPU's number, which is its id; number 0 starts the machine
     * @param clock  runs the timer
     * @param bus    where it sends and receives
     * @param core   its CPU
     */
    public LocalApic(final int number, final CycleClock clock, final ApicBus bus, final ApicCore core) {
        this.number = number;
        this.bus = bus;
        this.core = core;
        timer = new ApicTimer(clock, this::timerExpired);
        base = BASE_RESET | (number == 0 ? BASE_BOOTSTRAP : 0);
        port = new ApicPort(this);
        reset();
        bus.add(this);
    }

    /** {@return what its registers hold, to be looked at} */
    public ApicState state() {
        return ApicState.of(this, base);
    }

    /** Does what INIT does: all back to the state after reset but the mode and where it is. */
    public void reset() {
        request.clear();
        inService.clear();
        triggeredByLevel.clear();
        localVectors.reset();
        timer.reset();
        port.reset();
        id = number;
        taskPriority = 0;
        logicalDestination = isX2() ? ownLogicalName() : 0;
        destinationFormat = -1;
        spurious = SPURIOUS_RESET;
        errors = 0;
        errorStatus = 0;
        externalMessage = false;
        core.changed();
    }

    /** Hands the machine over as firmware does: enabled, pin 0 to the 8259, pin 1 for NMI (MP specification, 3.6.2). */
    public void wireThrough() {
        spurious |= SPURIOUS_ENABLE;
        localVectors.set(LocalVectors.PIN_0, MessageBus.EXTERNAL << Byte.SIZE);
        localVectors.set(LocalVectors.PIN_1, MessageBus.NMI << Byte.SIZE);
    }

    /** {@return the registers as the guest's memory sees them} */
    public BusDevice page() {
        return port;
    }

    /**
     * {@return whether an address is one of the page's, in the mode that has one}
     *
     * @param physical any
     */
    public boolean answersAt(final long physical) {
        return (base & (BASE_ENABLED | BASE_X2)) == BASE_ENABLED && (physical & BASE_PAGE) == (base & BASE_PAGE);
    }

    /**
     * Reads an x2APIC register.
     *
     * @param msr    0x800 to 0x8FF
     * @param result gets the value
     * @return whether there is such a register now; if not, the instruction is a general-protection fault
     */
    public boolean readMsr(final int msr, final long[] result) {
        return isX2() && port.readMsr(msr, result);
    }

    /**
     * Writes an x2APIC register.
     *
     * @param msr   0x800 to 0x8FF
     * @param value all 64 bits
     * @return whether it may be written so; if not, the instruction is a general-protection fault
     */
    public boolean writeMsr(final int msr, final long value) {
        return isX2() && port.writeMsr(msr, value);
    }

    /** {@return IA32_APIC_BASE} */
    public long base() {
        return base;
    }

    /**
     * Writes IA32_APIC_BASE (11.12.5).
     *
     * @param value all 64 bits
     * @return whether that is a value, and a way from the mode it is in; if not, nothing changes
     */
    public boolean writeBase(final long value) {
        final boolean enabledNow = (value & BASE_ENABLED) != 0;
        final boolean x2Now = (value & BASE_X2) != 0;
        final boolean backwards = enabledNow && isX2() && !x2Now;
        final boolean atOnce = x2Now && !enabled();
        if ((value & ~BASE_WRITABLE) != 0 || x2Now && !enabledNow || backwards || atOnce) {
            return false;
        }
        final boolean enters = x2Now && !isX2();
        base = value;
        if (!enabledNow) {
            reset();
        } else if (enters) {
            id = number;
            logicalDestination = ownLogicalName();
        }
        core.changed();
        return true;
    }

    private int ownLogicalName() {
        return number >> 4 << CLUSTER_SHIFT | 1 << (number & NIBBLE);
    }

    /** {@return whether the APIC is there at all: IA32_APIC_BASE has it enabled} */
    public boolean enabled() {
        return (base & BASE_ENABLED) != 0;
    }

    boolean isX2() {
        return (base & BASE_X2) != 0;
    }

    boolean softwareEnabled() {
        return (spurious & SPURIOUS_ENABLE) != 0;
    }

    /** {@return the timer's IA32_TSC_DEADLINE, 0 unless armed} */
    public long deadline() {
        return timer.deadline();
    }

    /**
     * Writes IA32_TSC_DEADLINE; without effect but in that mode.
     *
     * @param timeStamp when, by the time-stamp counter; 0 disarms
     */
    public void writeDeadline(final long timeStamp) {
        timer.deadline(timeStamp);
    }

    /**
     * Says how the time-stamp counter relates to the clock.
     *
     * @param cycles what is added to the clock
     */
    public void tscOffset(final long cycles) {
        timer.tscOffset(cycles);
    }

    /** {@return whether an interrupt wants to be delivered and its priority allows it} */
    public boolean pending() {
        final int highest = request.highest();
        return highest != VectorSet.NONE && (highest & CLASS) > (processorPriority() & CLASS);
    }

    /** {@return when the timer will interrupt a CPU that waits, or {@link CycleClock#NEVER}} */
    public long nextInterrupt() {
        final int vector = localVectors.vector(LocalVectors.TIMER);
        final boolean heard = vector >= FIRST_LEGAL_VECTOR && (vector & CLASS) > (processorPriority() & CLASS);
        return heard ? timer.expiry() : CycleClock.NEVER;
    }

    /** {@return the vector to deliver, now in service; only after {@link #pending()} said so} */
    public int acknowledge() {
        final int vector = request.highest();
        request.remove(vector);
        inService.add(vector);
        return vector;
    }

    /**
     * {@return whether the CPU may ask the 8259 for a vector: its pin leads there, or a message said so}
     *
     * <p>Such an interrupt knows no priority here (11.8.1).
     */
    public boolean acceptsExternal() {
        return externalMessage || pins[0] && (!enabled() || !localVectors.masked(LocalVectors.PIN_0)
                && localVectors.mode(LocalVectors.PIN_0) == MessageBus.EXTERNAL);
    }

    /** {@return whether pin 0 would reach the CPU as an 8259's} */
    public boolean wiredThrough() {
        return !enabled() || !localVectors.masked(LocalVectors.PIN_0);
    }

    /** The CPU has asked the 8259. */
    public void acknowledgeExternal() {
        externalMessage = false;
    }

    int processorPriority() {
        final int serving = Math.max(inService.highest(), 0);
        return (taskPriority & CLASS) >= (serving & CLASS) ? taskPriority : serving & CLASS;
    }

    /** {@return CR8: the task priority's class, 0 to 15} */
    public int priorityClass() {
        return taskPriority >> 4;
    }

    /**
     * Writes CR8.
     *
     * @param priority 0 to 15
     */
    public void priorityClass(final int priority) {
        taskPriority = priority << 4;
        core.changed();
    }

    void changed() {
        core.changed();
    }

    /**
     * Puts a level on a local pin.
     *
     * @param pin   0 or 1
     * @param level whether it is asserted
     */
    public void pin(final int pin, final boolean level) {
        final boolean rises = level && !pins[pin];
        pins[pin] = level;
        final int entry = LocalVectors.PIN_0 + pin;
        if (!enabled()) {
            if (pin == 1 && rises) {
                core.nmi();
            }
        } else if (!localVectors.masked(entry)) {
            switch (localVectors.mode(entry)) {
                case MessageBus.FIXED -> pinRequests(entry, rises);
                case MessageBus.NMI -> {
                    if (rises) {
                        core.nmi();
                    }
                }
                case MessageBus.INIT -> {
                    if (rises) {
                        core.initialise();
                    }
                }
                default -> { }
            }
        }
        core.changed();
    }

    private void pinRequests(final int entry, final boolean rises) {
        if (localVectors.level(entry)) {
            if (pins[entry - LocalVectors.PIN_0] && !localVectors.waitsForEnd(entry)) {
                localVectors.waitForEnd(entry, true);
                raise(localVectors.vector(entry), true);
            }
        } else if (rises) {
            raise(localVectors.vector(entry), false);
        }
    }

    private void timerExpired() {
        raise(localVectors.vector(LocalVectors.TIMER), false);
    }

    private void raise(final int vector, final boolean level) {
        if (vector < FIRST_LEGAL_VECTOR) {
            error(ERROR_RECEIVED_ILLEGAL_VECTOR);
        } else {
            request.add(vector);
            triggeredByLevel.set(vector, level);
            core.changed();
        }
    }

    /** Notes an error; the error vector interrupts unless it is illegal itself. */
    void error(final int bit) {
        errors |= bit;
        final int vector = localVectors.vector(LocalVectors.ERROR);
        if (!localVectors.masked(LocalVectors.ERROR) && vector >= FIRST_LEGAL_VECTOR) {
            raise(vector, false);
        }
    }

    /** Shows the errors since the last time and forgets them. */
    void latchErrors() {
        errorStatus = errors;
        errors = 0;
    }

    /** A message from the bus, or from itself. */
    void accept(final int mode, final int vector, final boolean level) {
        switch (mode) {
            case MessageBus.FIXED -> {
                if (softwareEnabled()) {
                    raise(vector, level);
                }
            }
            case MessageBus.NMI -> core.nmi();
            case MessageBus.INIT -> core.initialise();
            case MessageBus.START_UP -> core.startUp(vector);
            case MessageBus.EXTERNAL -> {
                externalMessage = true;
                core.changed();
            }
            default -> { }
        }
    }

    boolean isNamed(final int destination, final boolean logical) {
        if (!enabled()) {
            return false;
        }
        if (!logical) {
            return destination == id || destination == -1 || destination == OCTET;
        }
        if (isX2()) {
            return destination == -1 || destination >>> CLUSTER_SHIFT == logicalDestination >>> CLUSTER_SHIFT
                    && (destination & logicalDestination & (1 << CLUSTER_SHIFT) - 1) != 0;
        }
        final int name = logicalDestination >>> 24;
        if (destination == -1 || destination == OCTET) {
            return true;
        }
        return switch (destinationFormat >>> 28) {
            case FLAT -> (destination & OCTET & name) != 0;
            case 0 -> (destination & CLASS) == (name & CLASS) && (destination & name & NIBBLE) != 0;
            default -> false;
        };
    }

    /** Ends the most urgent interrupt that is in service (11.8.5). */
    void end() {
        final int vector = inService.highest();
        if (vector != VectorSet.NONE) {
            inService.remove(vector);
            if (triggeredByLevel.contains(vector)) {
                for (int entry = LocalVectors.PIN_0; entry <= LocalVectors.PIN_1; entry++) {
                    if (localVectors.waitsForEnd(entry) && localVectors.vector(entry) == vector) {
                        localVectors.waitForEnd(entry, false);
                        pinRequests(entry, false);
                    }
                }
                bus.end(vector);
            }
        }
        core.changed();
    }

    /** Sends what the command register says; a vector that no interrupt has is an error of the sender. */
    void send(final int shorthand, final int destination, final boolean logical, final int mode, final int vector) {
        if (mode <= MessageBus.LOWEST_PRIORITY && vector < FIRST_LEGAL_VECTOR) {
            error(ERROR_SENT_ILLEGAL_VECTOR);
            return;
        }
        switch (shorthand) {
            case 0 -> bus.send(destination, logical, mode, vector, false);
            case 1 -> accept(mode, vector, false);
            default -> bus.broadcast(this, shorthand == 2, mode, vector);
        }
    }

    /** A disabled APIC has all its local vectors masked (11.4.7.2). */
    void writeSpurious(final int value) {
        timer.settle();
        spurious = value;
        if (!softwareEnabled()) {
            localVectors.maskAll();
            timer.control(localVectors.get(LocalVectors.TIMER));
        }
        core.changed();
    }

    void writeLocalVector(final int entry, final int value) {
        timer.settle();
        localVectors.set(entry, value | (softwareEnabled() ? 0 : LocalVectors.MASKED));
        if (entry == LocalVectors.TIMER) {
            timer.control(localVectors.get(entry));
        } else if (entry >= LocalVectors.PIN_0 && entry <= LocalVectors.PIN_1 && !localVectors.masked(entry)
                && localVectors.mode(entry) == MessageBus.FIXED && localVectors.level(entry)) {
            pinRequests(entry, false);
        }
        core.changed();
    }

    @Override
    public void save(final StateWriter out) {
        out.section("local-apic").i64(base).i32(id).i32(taskPriority).i32(logicalDestination).i32(destinationFormat)
                .i32(spurious).i32(errors).i32(errorStatus).bool(externalMessage).bool(pins[0]).bool(pins[1]);
        request.save(out);
        inService.save(out);
        triggeredByLevel.save(out);
        localVectors.save(out);
        port.save(out);
        timer.save(out);
    }

    @Override
    public void load(final StateReader in) {
        in.section("local-apic");
        base = in.i64();
        if ((base & ~BASE_WRITABLE) != 0 || isX2() && !enabled()) {
            throw in.refused("no APIC is in this mode: base=0x" + Long.toHexString(base));
        }
        id = in.i32(0, OCTET);
        taskPriority = in.i32(0, OCTET);
        logicalDestination = in.i32();
        destinationFormat = in.i32();
        spurious = in.i32(0, SPURIOUS_ENABLE | OCTET);
        errors = in.i32(0, OCTET);
        errorStatus = in.i32(0, OCTET);
        externalMessage = in.bool();
        pins[0] = in.bool();
        pins[1] = in.bool();
        request.load(in);
        inService.load(in);
        triggeredByLevel.load(in);
        localVectors.load(in);
        port.load(in);
        timer.load(in);
        core.changed();
    }
}
