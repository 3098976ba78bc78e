package ringside.emulator.device.pit;

import java.util.stream.Stream;
import ringside.emulator.bus.BusDevice;
import ringside.emulator.bus.InterruptLine;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;
import ringside.emulator.timing.CycleClock;
import ringside.emulator.timing.TickRate;

/**
 * The PC's 8254 timer (Intel data sheet 231164): counter 0 interrupts, counter 1 refreshes, counter 2 is the speaker's.
 *
 * <p>Its interrupt line shows each rise of counter 0's output as an edge and stays high in between.
 */
public final class Pit8254 implements BusDevice, Stateful {
    /** Its clock, Hz: a third of the colour subcarrier of American television. */
    public static final long HZ = 1_193_182;

    private static final int COUNTERS = 3;
    private static final int SPEAKER = 2;
    private static final int CONTROL = 3;
    private static final int OCTET = 0xFF;
    private static final int SELECT_SHIFT = 6;
    private static final int READ_BACK_NO_COUNT = 1 << 5;
    private static final int READ_BACK_NO_STATUS = 1 << 4;
    private static final int FIRMWARE_CONTROL = 0x34;

    private static final int GATE = 1;
    private static final int SPEAKER_DATA = 1 << 1;
    private static final int REFRESH = 1 << 4;
    private static final int SPEAKER_OUTPUT = 1 << 5;
    private static final int REFRESH_TICKS = 18;

    private final CycleClock clock;
    private final TickRate rate;
    private final InterruptLine line;
    private final CycleClock.Deadline rise;
    private final Counter[] counters = new Counter[COUNTERS];
    private boolean speakerData;

    /**
     * Makes a timer as a PC's firmware leaves it: counter 0 ticking 18.2 times a second.
     *
     * @param line            counter 0's output
     * @param clock           counts its ticks
     * @param cyclesPerSecond of that clock
     */
    public Pit8254(final InterruptLine line, final CycleClock clock, final long cyclesPerSecond) {
        this.clock = clock;
        rate = new TickRate(HZ, cyclesPerSecond);
        this.line = line;
        rise = clock.deadline(this::rises);
        for (int i = 0; i < COUNTERS; i++) {
            counters[i] = new Counter(this::ticks, i != SPEAKER);
        }
        write(CONTROL, Byte.BYTES, FIRMWARE_CONTROL);
        write(0, Byte.BYTES, 0);
        write(0, Byte.BYTES, 0);
    }

    /** {@return it as it is, to be looked at} */
    public PitState state() {
        return new PitState(Stream.of(counters).map(Counter::state).toList(), speakerData, rise.at());
    }

    private long ticks() {
        return rate.ticks(clock.now());
    }

    private void rises() {
        line.set(false);
        line.set(true);
        plan();
    }

    private void plan() {
        final long tick = counters[0].nextRise(ticks());
        rise.set(tick == Counter.NEVER ? CycleClock.NEVER : rate.cycle(tick));
    }

    /** What fell due before this access happens before it. */
    private void settle() {
        if (rise.at() <= clock.now()) {
            rises();
        }
    }

    @Override
    public long read(final int offset, final int size) {
        return offset == CONTROL ? 0 : counters[offset].read();
    }

    @Override
    public void write(final int offset, final int size, final long value) {
        final int octet = (int) value & OCTET;
        settle();
        if (offset != CONTROL) {
            counters[offset].write(octet);
        } else if (octet >> SELECT_SHIFT == COUNTERS) {
            readBack(octet);
        } else {
            counters[octet >> SELECT_SHIFT].control(octet);
        }
        if (!counters[0].output()) {
            line.set(false);
        }
        plan();
    }

    private void readBack(final int command) {
        for (int i = 0; i < COUNTERS; i++) {
            if ((command >> 1 + i & 1) != 0) {
                if ((command & READ_BACK_NO_COUNT) == 0) {
                    counters[i].latchCount();
                }
                if ((command & READ_BACK_NO_STATUS) == 0) {
                    counters[i].latchStatus();
                }
            }
        }
    }

    /** {@return port 0x61: counter 2's gate and output, the speaker, and a bit that changes every 15 microseconds} */
    public BusDevice systemControl() {
        return new SystemControl();
    }

    @Override
    public void save(final StateWriter out) {
        out.section("pit").bool(speakerData).i64(rise.at());
        for (final Counter counter : counters) {
            counter.save(out);
        }
    }

    @Override
    public void load(final StateReader in) {
        in.section("pit");
        speakerData = in.bool();
        rise.set(in.i64(0, CycleClock.NEVER));
        for (final Counter counter : counters) {
            counter.load(in);
        }
    }

    private final class SystemControl implements BusDevice {
        @Override
        public long read(final int offset, final int size) {
            final Counter counter = counters[SPEAKER];
            return (counter.gate() ? GATE : 0) | (speakerData ? SPEAKER_DATA : 0)
                    | (ticks() / REFRESH_TICKS % 2 != 0 ? REFRESH : 0) | (counter.output() ? SPEAKER_OUTPUT : 0);
        }

        @Override
        public void write(final int offset, final int size, final long value) {
            counters[SPEAKER].gate((value & GATE) != 0);
            speakerData = (value & SPEAKER_DATA) != 0;
        }
    }
}
