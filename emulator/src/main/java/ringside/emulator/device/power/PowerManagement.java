package ringside.emulator.device.power;

import java.util.Objects;
import ringside.emulator.bus.BusDevice;
import ringside.emulator.bus.InterruptLine;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;
import ringside.emulator.timing.CycleClock;

/**
 * ACPI's fixed hardware in one block of 16 ports (ACPI specification 4.8.3).
 *
 * <pre>
 *   0  PM1 status, 2 bytes     4  PM1 control, 2 bytes     8  PM timer, 4 bytes
 *   2  PM1 enable, 2 bytes     6  reads as zero           12  reads as zero
 * </pre>
 *
 * <p>The timer counts 24 bits of 3.579545 MHz, worked out from the machine's clock when it is read. ACPI mode is
 * always on, so SCI_EN is fixed and a table needs no SMI command. Writing SLP_EN with the sleeping type 5, or with 0 as
 * QEMU's tables have it, switches the machine off; it has no other sleeping state and stays awake.
 *
 * <p><b>Not modelled:</b> power and sleep buttons, wake-up events, bus-master status.
 */
public final class PowerManagement implements BusDevice, Stateful {
    private static final int STATUS = 0;
    private static final int ENABLE = 2;
    private static final int CONTROL = 4;
    private static final int TIMER = 8;
    private static final int SOFT_OFF = 0;
    private static final int OTHER_SOFT_OFF = 5;

    private static final int TIMER_EVENT = 1;
    private static final int GLOBAL_EVENT = 1 << 5;
    private static final int POWER_BUTTON = 1 << 8;
    private static final int SLEEP_BUTTON = 1 << 9;
    private static final int CLOCK_EVENT = 1 << 10;
    private static final int ENABLES = TIMER_EVENT | GLOBAL_EVENT | POWER_BUTTON | SLEEP_BUTTON | CLOCK_EVENT;
    private static final int SCI_ENABLED = 1;
    private static final int SLEEP_TYPE_SHIFT = 10;
    private static final int SLEEP_TYPE = 7;
    private static final int SLEEP = 1 << 13;

    private static final int TIMER_BITS = 24;
    private static final long TIMER_HERTZ = 3_579_545;
    private static final int OCTET = 0xFF;

    private final InterruptLine line;
    private final CycleClock clock;
    private final long cyclesPerSecond;
    private final Runnable off;
    private final CycleClock.Deadline carry;
    private int status;
    private int enable;
    private int sleepType;
    private long seen;

    /**
     * Makes the block after reset.
     *
     * @param line            the system control interrupt
     * @param clock           the machine's
     * @param cyclesPerSecond of that clock
     * @param off             told when the guest switches the machine off
     */
    public PowerManagement(final InterruptLine line, final CycleClock clock, final long cyclesPerSecond,
            final Runnable off) {
        this.line = Objects.requireNonNull(line, "line");
        this.clock = clock;
        this.cyclesPerSecond = cyclesPerSecond;
        this.off = Objects.requireNonNull(off, "off");
        carry = clock.deadline(this::changed);
        seen = clock.now();
    }

    @Override
    public long read(final int offset, final int size) {
        catchUp();
        final long low = status | (long) enable << Short.SIZE
                | (long) (sleepType << SLEEP_TYPE_SHIFT | SCI_ENABLED) << Integer.SIZE;
        final long high = ticks(seen) & (1L << TIMER_BITS) - 1;
        final int shift = offset % Long.BYTES * Byte.SIZE;
        if (offset >= TIMER) {
            return high >>> shift;
        }
        return low >>> shift | (shift == 0 ? 0 : high << Long.SIZE - shift);
    }

    @Override
    public void write(final int offset, final int size, final long value) {
        catchUp();
        for (int i = 0; i < size && offset + i < TIMER; i++) {
            writeByte(offset + i, (int) (value >>> i * Byte.SIZE) & OCTET);
        }
        changed();
    }

    private void writeByte(final int offset, final int octet) {
        final int shift = (offset & 1) * Byte.SIZE;
        final int bits = octet << shift;
        switch (offset & ~1) {
            case STATUS -> status &= ~bits;
            case ENABLE -> enable = (enable & ~(OCTET << shift) | bits) & ENABLES;
            case CONTROL -> {
                if (shift != 0) {
                    control(bits);
                }
            }
            default -> { }
        }
    }

    private void control(final int bits) {
        sleepType = bits >> SLEEP_TYPE_SHIFT & SLEEP_TYPE;
        if ((bits & SLEEP) != 0 && (sleepType == SOFT_OFF || sleepType == OTHER_SOFT_OFF)) {
            off.run();
        }
    }

    private long ticks(final long cycle) {
        return cycle / cyclesPerSecond * TIMER_HERTZ + cycle % cyclesPerSecond * TIMER_HERTZ / cyclesPerSecond;
    }

    private long cycleOfTick(final long tick) {
        return tick / TIMER_HERTZ * cyclesPerSecond
                + Math.ceilDiv(tick % TIMER_HERTZ * cyclesPerSecond, TIMER_HERTZ);
    }

    // The timer's event is a change of its most significant bit.
    private static long halves(final long ticks) {
        return ticks >> TIMER_BITS - 1;
    }

    private void catchUp() {
        final long now = clock.now();
        if (halves(ticks(now)) != halves(ticks(seen))) {
            status |= TIMER_EVENT;
        }
        seen = now;
    }

    private void changed() {
        catchUp();
        final boolean asks = (status & enable) != 0;
        line.set(asks);
        carry.set(asks || (enable & TIMER_EVENT) == 0 ? CycleClock.NEVER
                : cycleOfTick(halves(ticks(seen)) + 1 << TIMER_BITS - 1));
    }

    @Override
    public void save(final StateWriter out) {
        out.section("power").u16(status).u16(enable).u8(sleepType).i64(seen).i64(carry.at());
    }

    @Override
    public void load(final StateReader in) {
        in.section("power");
        status = in.u16() & TIMER_EVENT;
        enable = in.u16() & ENABLES;
        sleepType = in.u8() & SLEEP_TYPE;
        seen = in.i64(0, Long.MAX_VALUE >> 1);
        carry.set(in.i64(0, CycleClock.NEVER));
    }
}
