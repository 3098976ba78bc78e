package ringside.emulator.device.rtc;

import ringside.emulator.bus.ByteDevice;
import ringside.emulator.bus.InterruptLine;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;
import ringside.emulator.timing.CycleClock;

/**
 * The PC's clock and its 128 cells of battery-backed RAM (Motorola MC146818), behind an index and a data register.
 *
 * <p>Time begins at a configured moment and is the machine's own: so many cycles are a second, whatever the host's
 * clock says. It is worked out when somebody looks; only an interrupt that is enabled makes a deadline. An update
 * takes no longer than UIP announces it: the bit is on for the last 2,228 microseconds of each second (244 before the
 * cycle and 1,984 for it, at 32.768 kHz), and the registers change at once at their end.
 *
 * <p><b>Not modelled:</b> daylight saving, the square-wave output, other crystals, the NMI mask in the index register
 * (no device here asks for an NMI), registers that keep an old format when the format bits change without SET.
 */
public final class Rtc implements ByteDevice, Stateful {
    /** 2000-01-01T00:00:00Z, seconds since 1970. */
    public static final long YEAR_2000 = 946_684_800L;

    private static final int CELLS = 128;
    private static final int STATUS_A = 0x0A;
    private static final int STATUS_B = 0x0B;
    private static final int STATUS_C = 0x0C;
    private static final int STATUS_D = 0x0D;

    private static final int A_UPDATING = 1 << 7;
    private static final int A_DIVIDER_RESET = 0x60;
    private static final int A_RATE = 0x0F;
    private static final int A_STANDARD = 0x26;
    private static final int B_SET = 1 << 7;
    private static final int B_UPDATE_ENABLE = 1 << 4;
    private static final int B_BINARY = 1 << 2;
    private static final int B_WHOLE_DAYS = 1 << 1;
    private static final int C_REQUEST = 1 << 7;
    private static final int C_PERIODIC = 1 << 6;
    private static final int C_ALARM = 1 << 5;
    private static final int C_UPDATED = 1 << 4;
    private static final int SOURCES = C_PERIODIC | C_ALARM | C_UPDATED;
    private static final int D_VALID = 1 << 7;

    private static final int CONVENTIONAL_MEMORY = 0x15;
    private static final int EXTENDED_MEMORY = 0x17;
    private static final int EXTENDED_MEMORY_FOUND = 0x30;
    private static final int HIGH_MEMORY = 0x34;
    private static final int CONVENTIONAL_KIB = 640;
    private static final int FIRST_MEGABYTE_KIB = 1024;
    private static final int KIB_SHIFT = 10;
    private static final long HIGH_MEMORY_START = 16L << 20;
    private static final int HIGH_MEMORY_SHIFT = 16;
    private static final int HALF_WORD = 0xFFFF;

    private static final int FASTEST_RATE = 3;
    private static final int SLOW_RATES = 7;
    private static final int OCTET = 0xFF;
    private static final long UPDATE_MICROSECONDS = 2228;
    private static final long MICROSECONDS = 1_000_000;
    private static final long FARTHEST_CYCLE = 1L << 62;
    private static final long FARTHEST_TIME = 1L << 42;

    private final InterruptLine line;
    private final CycleClock clock;
    private final long updateCycles;
    private final CycleClock.Deadline deadline;
    private final Divider divider;
    private final byte[] cells = new byte[CELLS];
    private int index;
    private int statusA = A_STANDARD;
    private int statusB = B_WHOLE_DAYS;
    private int flags;
    private long epoch;
    private int weekdayShift;
    private long seen;

    /**
     * Makes a clock that shows a moment now, running, in BCD and 24 hours, no interrupt enabled.
     *
     * @param line            the clock's interrupt
     * @param clock           the machine's
     * @param cyclesPerSecond of that clock
     * @param time            the moment, seconds since 1970-01-01T00:00:00Z
     */
    public Rtc(final InterruptLine line, final CycleClock clock, final long cyclesPerSecond, final long time) {
        if (time < -FARTHEST_TIME || time > FARTHEST_TIME) {
            throw new IllegalArgumentException("no calendar goes that far: time=" + time);
        }
        this.line = line;
        this.clock = clock;
        updateCycles = Math.ceilDiv(cyclesPerSecond * UPDATE_MICROSECONDS, MICROSECONDS);
        deadline = clock.deadline(this::changed);
        divider = new Divider(cyclesPerSecond);
        seen = clock.now();
        divider.start(seen);
        epoch = time;
    }

    /**
     * Sets a RAM cell, as firmware does before the kernel.
     *
     * @param cell  0x0E to 0x7F, not the century
     * @param octet its value
     */
    public void preset(final int cell, final int octet) {
        if (cell <= STATUS_D || cell >= CELLS || cell == TimeCells.CENTURY) {
            throw new IllegalArgumentException("no RAM cell: cell=" + cell);
        }
        cells[cell] = (byte) octet;
    }

    /**
     * Says how much RAM there is in the cells where a PC's firmware does: conventional memory and what lies above
     * 1 MiB in KiB, what lies above 16 MiB in units of 64 KiB, each as far as 16 bits count.
     *
     * @param bytes of RAM, below 4 GiB
     */
    public void presetMemory(final long bytes) {
        final long extended = Math.clamp((bytes >> KIB_SHIFT) - FIRST_MEGABYTE_KIB, 0, HALF_WORD);
        presetWord(CONVENTIONAL_MEMORY, CONVENTIONAL_KIB);
        presetWord(EXTENDED_MEMORY, extended);
        presetWord(EXTENDED_MEMORY_FOUND, extended);
        presetWord(HIGH_MEMORY, Math.clamp(bytes - HIGH_MEMORY_START >> HIGH_MEMORY_SHIFT, 0, HALF_WORD));
    }

    private void presetWord(final int cell, final long value) {
        preset(cell, (int) value & OCTET);
        preset(cell + 1, (int) value >> Byte.SIZE);
    }

    @Override
    public int readByte(final int offset) {
        return offset == 0 ? OCTET : readCell();
    }

    @Override
    public void writeByte(final int offset, final int octet) {
        if (offset == 0) {
            index = octet & CELLS - 1;
        } else {
            catchUp();
            writeCell(octet);
            changed();
        }
    }

    private int readCell() {
        catchUp();
        return switch (index) {
            case STATUS_A -> statusA | (updating() ? A_UPDATING : 0);
            case STATUS_B -> statusB;
            case STATUS_C -> takeFlags();
            case STATUS_D -> D_VALID;
            default -> {
                show();
                yield Byte.toUnsignedInt(cells[index]);
            }
        };
    }

    private void writeCell(final int octet) {
        switch (index) {
            case STATUS_A -> writeStatusA(octet & ~A_UPDATING);
            case STATUS_B -> writeStatusB(octet);
            case STATUS_C, STATUS_D -> { }
            default -> {
                show();
                cells[index] = (byte) octet;
                if (TimeCells.isTime(index) && !held()) {
                    takeTime();
                }
            }
        }
    }

    private void writeStatusA(final int value) {
        show();
        final boolean wasHeld = held();
        final boolean restarts = stopped() && (value & A_DIVIDER_RESET) != A_DIVIDER_RESET;
        statusA = value;
        if (restarts) {
            divider.restart(seen);
        }
        if (wasHeld && !held()) {
            takeTime();
        }
    }

    private void writeStatusB(final int value) {
        show();
        final boolean wasHeld = held();
        statusB = (value & B_SET) != 0 ? value & ~B_UPDATE_ENABLE : value;
        if (wasHeld && !held()) {
            takeTime();
        }
    }

    private int takeFlags() {
        final int value = flags | (requests() ? C_REQUEST : 0);
        flags = 0;
        changed();
        return value;
    }

    private boolean stopped() {
        return (statusA & A_DIVIDER_RESET) == A_DIVIDER_RESET;
    }

    private boolean held() {
        return stopped() || (statusB & B_SET) != 0;
    }

    private boolean requests() {
        return (flags & statusB & SOURCES) != 0;
    }

    private TimeFormat format() {
        return new TimeFormat((statusB & B_BINARY) != 0, (statusB & B_WHOLE_DAYS) != 0);
    }

    private boolean updating() {
        return !held() && divider.cycleOfSecond(divider.seconds(seen) + 1) - seen <= updateCycles;
    }

    private long time() {
        return epoch + divider.seconds(seen);
    }

    // While time is held the cells are what they are; otherwise they show it.
    private void show() {
        if (!held()) {
            TimeCells.encode(cells, format(), time(), weekdayShift);
        }
    }

    private void takeTime() {
        epoch = TimeCells.decode(cells, format()) - divider.seconds(seen);
        weekdayShift = TimeCells.weekdayShift(cells, format());
    }

    /** {@return ticks between periodic interrupts, 0 for none; the two slowest codes are 256 and 128 Hz} */
    private int period() {
        final int rate = statusA & A_RATE;
        if (rate == 0 || stopped()) {
            return 0;
        }
        return 1 << (rate < FASTEST_RATE ? rate + SLOW_RATES : rate) - 1;
    }

    private long alarmDelay() {
        return TimeCells.alarm(cells, format()).next(Math.floorMod(time(), (long) CivilTime.SECONDS_A_DAY));
    }

    /** Raises the flags of what happened since the clock was last looked at. */
    private void catchUp() {
        final long now = clock.now();
        final int period = period();
        if (period != 0 && divider.ticks(now) / period != divider.ticks(seen) / period) {
            flags |= C_PERIODIC;
        }
        final long seconds = divider.seconds(now) - divider.seconds(seen);
        if (seconds != 0 && !held()) {
            final long delay = alarmDelay();
            flags |= C_UPDATED | (delay != Alarm.NEVER && delay <= seconds ? C_ALARM : 0);
        }
        seen = now;
    }

    private void changed() {
        catchUp();
        line.set(requests());
        deadline.set(requests() ? CycleClock.NEVER : nextRequest());
    }

    private long nextRequest() {
        long next = CycleClock.NEVER;
        final int period = period();
        if ((statusB & C_PERIODIC) != 0 && period != 0) {
            next = divider.cycleOfTick((divider.ticks(seen) / period + 1) * period);
        }
        if (held()) {
            return next;
        }
        final long second = divider.seconds(seen);
        if ((statusB & C_UPDATED) != 0) {
            next = Math.min(next, divider.cycleOfSecond(second + 1));
        }
        if ((statusB & C_ALARM) != 0) {
            final long delay = alarmDelay();
            next = delay == Alarm.NEVER ? next : Math.min(next, divider.cycleOfSecond(second + delay));
        }
        return next;
    }

    @Override
    public void save(final StateWriter out) {
        out.section("rtc").bytes(cells).u8(index).u8(statusA).u8(statusB).u8(flags).i64(epoch).u8(weekdayShift)
                .i64(divider.start()).i64(seen).i64(deadline.at());
    }

    @Override
    public void load(final StateReader in) {
        in.section("rtc");
        final byte[] saved = in.bytes(CELLS);
        if (saved.length != CELLS) {
            throw in.refused("a clock has " + CELLS + " cells: cells=" + saved.length);
        }
        System.arraycopy(saved, 0, cells, 0, CELLS);
        index = in.u8() & CELLS - 1;
        statusA = in.u8() & ~A_UPDATING;
        statusB = in.u8();
        flags = in.u8() & SOURCES;
        epoch = in.i64(-FARTHEST_CYCLE, FARTHEST_CYCLE);
        weekdayShift = in.u8() % 7;
        divider.start(in.i64(-FARTHEST_CYCLE, FARTHEST_CYCLE));
        seen = in.i64(divider.start(), FARTHEST_CYCLE);
        deadline.set(in.i64(Long.MIN_VALUE, CycleClock.NEVER));
    }
}
