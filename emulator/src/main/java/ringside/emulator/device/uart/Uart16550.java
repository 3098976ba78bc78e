package ringside.emulator.device.uart;

import java.util.Objects;
import ringside.emulator.bus.ByteDevice;
import ringside.emulator.bus.InterruptLine;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;
import ringside.emulator.timing.CycleClock;

/**
 * A 16550 serial port (National Semiconductor PC16550D).
 *
 * <p>A character that the guest sends leaves at once: the holding register is always empty, and the interrupt that
 * says so is pending again as soon as it was asked for. A character from outside arrives as soon as there is room for
 * it, so a guest loses none; only in loop-back can it overrun its own receiver. The one thing that takes time is the
 * character time-out, four characters long at the programmed rate.
 *
 * <p>OUT2 does not gate the interrupt: by the data sheet INTR follows the enable register alone. The gate is the PC/AT
 * board's, and this board is wired like QEMU's, without one.
 *
 * <p><b>Not modelled:</b> the line's speed but for the time-out, parity, framing errors, modem lines that change.
 */
public final class Uart16550 implements ByteDevice, Stateful {
    /** What {@link #receive} takes for a break of the line. */
    public static final int BREAK = 1 << Byte.SIZE;

    private static final int DATA = 0;
    private static final int INTERRUPT_ENABLE = 1;
    private static final int INTERRUPT_ID = 2;
    private static final int LINE_CONTROL = 3;
    private static final int MODEM_CONTROL = 4;
    private static final int LINE_STATUS = 5;
    private static final int MODEM_STATUS = 6;
    private static final int SCRATCH = 7;

    private static final int ENABLE_RECEIVED = 1;
    private static final int ENABLE_HOLDING_EMPTY = 1 << 1;
    private static final int ENABLE_LINE_STATUS = 1 << 2;
    private static final int ENABLE_MODEM_STATUS = 1 << 3;
    private static final int ENABLE_MASK = 0x0F;

    private static final int ID_MODEM_STATUS = 0x0;
    private static final int ID_NONE = 0x1;
    private static final int ID_HOLDING_EMPTY = 0x2;
    private static final int ID_RECEIVED = 0x4;
    private static final int ID_LINE_STATUS = 0x6;
    private static final int ID_TIME_OUT = 0xC;
    private static final int ID_FIFOS = 0xC0;

    private static final int FIFO_ENABLE = 1;
    private static final int FIFO_CLEAR_RECEIVER = 1 << 1;
    private static final int FIFO_TRIGGER_SHIFT = 6;
    private static final int[] FIFO_TRIGGERS = {1, 4, 8, 14};

    private static final int LINE_CONTROL_BREAK = 1 << 6;
    private static final int LINE_CONTROL_DIVISOR = 1 << 7;

    private static final int LINE_DATA_READY = 1;
    private static final int LINE_OVERRUN = 1 << 1;
    private static final int LINE_BREAK = 1 << 4;
    private static final int LINE_HOLDING_EMPTY = 1 << 5;
    private static final int LINE_ALL_EMPTY = 1 << 6;
    private static final int LINE_ERROR_IN_FIFO = 1 << 7;

    private static final int MODEM_CONTROL_READY = 1;
    private static final int MODEM_CONTROL_LOOPBACK = 1 << 4;
    private static final int MODEM_CONTROL_MASK = 0x1F;

    private static final int OCTET = 0xFF;
    private static final int AT_9600_BAUD = 12;
    private static final int CLOCKS_A_BIT = 16;
    private static final long CLOCKS_A_SECOND = 1_843_200;
    private static final int TIME_OUT_CHARACTERS = 4;

    private final SerialSink sink;
    private final InterruptLine line;
    private final CycleClock clock;
    private final long cyclesPerSecond;
    private final CycleClock.Deadline timeOut;
    private final ReceiveFifo received = new ReceiveFifo();
    private final InputQueue outside = new InputQueue();
    private final ModemStatus modem = new ModemStatus();
    private int interruptEnable;
    private int lineControl;
    private int modemControl;
    private int scratch;
    private int divisor = AT_9600_BAUD;
    private boolean fifos;
    private int trigger = 1;
    private boolean overrun;
    private boolean holdingEmptyPending;
    private boolean timedOut;

    /**
     * Makes a port after reset.
     *
     * @param sink            takes what the guest sends
     * @param line            the port's interrupt
     * @param clock           runs the character time-out
     * @param cyclesPerSecond of that clock
     */
    public Uart16550(final SerialSink sink, final InterruptLine line, final CycleClock clock,
            final long cyclesPerSecond) {
        this.sink = Objects.requireNonNull(sink, "sink");
        this.line = Objects.requireNonNull(line, "line");
        this.clock = clock;
        this.cyclesPerSecond = cyclesPerSecond;
        timeOut = clock.deadline(this::timeOut);
    }

    /** {@return how many more octets {@link #receive} takes before it refuses one} */
    public int room() {
        return outside.room();
    }

    /** {@return whether the guest says that it listens: DTR, by which the other end waits with its first octet} */
    public boolean isReady() {
        return (modemControl & MODEM_CONTROL_READY) != 0;
    }

    /** {@return whether the guest is told by an interrupt when an octet comes} */
    public boolean tellsOfInput() {
        return (interruptEnable & ENABLE_RECEIVED) != 0;
    }

    /**
     * Receives an octet from outside; it waits there while the port is full or in loop-back.
     *
     * @param octet 0 to 255, or {@link #BREAK}
     * @return whether there was room for it; if not it is lost
     */
    public boolean receive(final int octet) {
        final boolean taken = outside.add(octet == BREAK ? BREAK : octet & OCTET);
        takeFromOutside();
        update();
        return taken;
    }

    @Override
    public int readByte(final int offset) {
        final boolean divisorAccess = (lineControl & LINE_CONTROL_DIVISOR) != 0;
        return switch (offset) {
            case DATA -> divisorAccess ? divisor & OCTET : readData();
            case INTERRUPT_ENABLE -> divisorAccess ? divisor >> Byte.SIZE : interruptEnable;
            case INTERRUPT_ID -> readInterruptId();
            case LINE_CONTROL -> lineControl;
            case MODEM_CONTROL -> modemControl;
            case LINE_STATUS -> readLineStatus();
            case MODEM_STATUS -> readModemStatus();
            case SCRATCH -> scratch;
            default -> 0;
        };
    }

    private int readData() {
        final int octet = received.remove();
        timedOut = false;
        timeOut.set(CycleClock.NEVER);
        takeFromOutside();
        update();
        return octet;
    }

    private int readInterruptId() {
        final int id = interruptId();
        if (id == ID_HOLDING_EMPTY) {
            holdingEmptyPending = false;
            update();
        }
        return id | (fifos ? ID_FIFOS : 0);
    }

    private int readLineStatus() {
        final int status = lineStatus();
        overrun = false;
        if (received.oldestIsBreak()) {
            received.forgetOldestBreak();
        }
        update();
        return status;
    }

    private int readModemStatus() {
        final int status = modem.read();
        update();
        return status;
    }

    @Override
    public void writeByte(final int offset, final int octet) {
        final boolean divisorAccess = (lineControl & LINE_CONTROL_DIVISOR) != 0;
        switch (offset) {
            case DATA -> {
                if (divisorAccess) {
                    divisor = divisor & ~OCTET | octet;
                } else {
                    send(octet);
                }
            }
            case INTERRUPT_ENABLE -> {
                if (divisorAccess) {
                    divisor = divisor & OCTET | octet << Byte.SIZE;
                } else {
                    enableInterrupts(octet & ENABLE_MASK);
                }
            }
            case INTERRUPT_ID -> controlFifos(octet);
            case LINE_CONTROL -> controlLine(octet);
            case MODEM_CONTROL -> {
                modemControl = octet & MODEM_CONTROL_MASK;
                modem.control(modemControl, loopback());
                takeFromOutside();
                update();
            }
            case SCRATCH -> scratch = octet;
            default -> { }
        }
    }

    private boolean loopback() {
        return (modemControl & MODEM_CONTROL_LOOPBACK) != 0;
    }

    // The line falls and rises between two characters: an edge for each.
    private void send(final int octet) {
        holdingEmptyPending = false;
        update();
        if (!loopback()) {
            sink.send(octet);
        } else if ((lineControl & LINE_CONTROL_BREAK) == 0) {
            arrive(octet, false);
        }
        holdingEmptyPending = true;
        update();
    }

    private void enableInterrupts(final int enable) {
        if ((enable & ~interruptEnable & ENABLE_HOLDING_EMPTY) != 0) {
            holdingEmptyPending = true;
        }
        interruptEnable = enable;
        update();
    }

    // Programming the other bits needs bit 0 at the same time; changing bit 0 clears the FIFOs.
    private void controlFifos(final int octet) {
        final boolean enable = (octet & FIFO_ENABLE) != 0;
        if (enable != fifos || enable && (octet & FIFO_CLEAR_RECEIVER) != 0) {
            received.clear();
            timedOut = false;
            timeOut.set(CycleClock.NEVER);
        }
        fifos = enable;
        trigger = enable ? FIFO_TRIGGERS[octet >> FIFO_TRIGGER_SHIFT] : 1;
        takeFromOutside();
        update();
    }

    private void controlLine(final int octet) {
        final boolean begins = (octet & ~lineControl & LINE_CONTROL_BREAK) != 0;
        lineControl = octet;
        if (begins && loopback()) {
            arrive(0, true);
        } else if (begins) {
            sink.sendBreak();
        }
        update();
    }

    private int capacity() {
        return fifos ? ReceiveFifo.DEPTH : 1;
    }

    private void takeFromOutside() {
        while (!loopback() && !outside.isEmpty() && received.count() < capacity()) {
            final int octet = outside.remove();
            arrive(octet & OCTET, octet == BREAK);
        }
    }

    // Without FIFOs a character that comes too early takes the other's place; a full FIFO keeps what it has.
    private void arrive(final int octet, final boolean broken) {
        if (received.count() == capacity()) {
            overrun = true;
            if (fifos) {
                return;
            }
            received.clear();
        }
        received.add(octet, broken);
        timeOut.set(CycleClock.NEVER);
    }

    private int lineStatus() {
        int status = LINE_HOLDING_EMPTY | LINE_ALL_EMPTY;
        status |= received.count() > 0 ? LINE_DATA_READY : 0;
        status |= overrun ? LINE_OVERRUN : 0;
        status |= received.oldestIsBreak() ? LINE_BREAK : 0;
        status |= fifos && received.anyBreak() ? LINE_ERROR_IN_FIFO : 0;
        return status;
    }

    private int interruptId() {
        if ((interruptEnable & ENABLE_LINE_STATUS) != 0 && (overrun || received.oldestIsBreak())) {
            return ID_LINE_STATUS;
        }
        if ((interruptEnable & ENABLE_RECEIVED) != 0 && received.count() >= trigger) {
            return ID_RECEIVED;
        }
        if ((interruptEnable & ENABLE_RECEIVED) != 0 && timedOut) {
            return ID_TIME_OUT;
        }
        if ((interruptEnable & ENABLE_HOLDING_EMPTY) != 0 && holdingEmptyPending) {
            return ID_HOLDING_EMPTY;
        }
        if ((interruptEnable & ENABLE_MODEM_STATUS) != 0 && modem.changed()) {
            return ID_MODEM_STATUS;
        }
        return ID_NONE;
    }

    private void update() {
        final boolean waits = fifos && (interruptEnable & ENABLE_RECEIVED) != 0 && !timedOut
                && received.count() > 0 && received.count() < trigger;
        if (!waits) {
            timeOut.set(CycleClock.NEVER);
        } else if (timeOut.at() == CycleClock.NEVER) {
            timeOut.set(clock.now() + timeOutCycles());
        }
        line.set(interruptId() != ID_NONE);
    }

    private long timeOutCycles() {
        final int data = 5 + (lineControl & 3);
        final int parity = lineControl >> 3 & 1;
        final int stop = 1 + (lineControl >> 2 & 1);
        final long clocks = (long) TIME_OUT_CHARACTERS * (1 + data + parity + stop) * CLOCKS_A_BIT * divisor;
        return Math.max(1, clocks * cyclesPerSecond / CLOCKS_A_SECOND);
    }

    private void timeOut() {
        timedOut = true;
        update();
    }

    @Override
    public void save(final StateWriter out) {
        out.section("uart").u8(interruptEnable).u8(lineControl).u8(modemControl).u8(scratch).u16(divisor)
                .bool(fifos).u8(trigger).bool(overrun).bool(holdingEmptyPending).bool(timedOut).i64(timeOut.at());
        modem.save(out);
        received.save(out);
        outside.save(out);
    }

    @Override
    public void load(final StateReader in) {
        in.section("uart");
        interruptEnable = in.u8() & ENABLE_MASK;
        lineControl = in.u8();
        modemControl = in.u8() & MODEM_CONTROL_MASK;
        scratch = in.u8();
        divisor = in.u16();
        fifos = in.bool();
        trigger = in.u8();
        if (trigger < 1 || trigger > ReceiveFifo.DEPTH) {
            throw in.refused("a FIFO has " + ReceiveFifo.DEPTH + " characters: trigger=" + trigger);
        }
        overrun = in.bool();
        holdingEmptyPending = in.bool();
        timedOut = in.bool();
        timeOut.set(in.i64(0, CycleClock.NEVER));
        modem.load(in);
        received.load(in);
        if (received.count() > capacity()) {
            throw in.refused("without FIFOs one character is held: count=" + received.count());
        }
        outside.load(in);
    }
}
