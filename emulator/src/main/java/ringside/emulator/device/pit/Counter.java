package ringside.emulator.device.pit;

import java.util.function.LongSupplier;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;

/**
 * One of the 8254's counters, computed from the ticks that have passed since it was loaded.
 *
 * <p>A count written at tick t is in the counter from tick t + 1 on. {@code elapsed} is the number of ticks since then;
 * while the gate holds the counter it stands still.
 */
final class Counter implements Stateful {
    static final long NEVER = Long.MAX_VALUE;

    private static final int LATCHED_COUNT = 1;
    private static final int LATCHED_STATUS = 2;
    private static final int BINARY_RANGE = 0x1_0000;
    private static final int DECIMAL_RANGE = 10_000;
    private static final int OCTET = 0xFF;
    private static final long LATEST = Long.MAX_VALUE / 4;
    private static final int STATUS_OUTPUT = 1 << 7;
    private static final int STATUS_NULL_COUNT = 1 << 6;
    private static final int ACCESS_SHIFT = 4;
    private static final int ACCESS_LOW = 1;
    private static final int ACCESS_HIGH = 2;
    private static final int MODE_SHIFT = 1;
    private static final int CONTROL = 0x3F;
    private static final int MODE_ONE_SHOT = 1;
    private static final int MODE_RATE = 2;
    private static final int MODE_SQUARE = 3;
    private static final int MODE_STROBE = 4;
    private static final int MODE_TRIGGERED_STROBE = 5;

    private final LongSupplier ticks;
    private int control;
    private boolean gate;
    private boolean loaded;
    private long loadedAt;
    private long heldAt = NEVER;
    /** When the period ends after which {@code reload} counts. */
    private long takenAt = NEVER;
    private int reload;
    private int count = BINARY_RANGE;
    private int lowWritten;
    private boolean writeHigh;
    private boolean readHigh;
    private int latched;
    private int latchedCount;
    private int latchedStatus;

    Counter(final LongSupplier ticks, final boolean gate) {
        this.ticks = ticks;
        this.gate = gate;
    }

    /** {@return it as it is, to be looked at: no look changes when it takes up a count} */
    PitState.One state() {
        final Counter copy = new Counter(ticks, gate);
        copy.control = control;
        copy.loaded = loaded;
        copy.loadedAt = loadedAt;
        copy.heldAt = heldAt;
        copy.takenAt = takenAt;
        copy.reload = reload;
        copy.count = count;
        final boolean output = copy.output();
        return new PitState.One(mode(), access(), isDecimal(), loaded, copy.left(), reload, gate, output);
    }

    /** {@return 0 to 5; the codes 6 and 7 mean 2 and 3} */
    private int mode() {
        final int mode = control >> MODE_SHIFT & 7;
        return mode > MODE_TRIGGERED_STROBE ? mode & 3 : mode;
    }

    private int access() {
        return control >> ACCESS_SHIFT & 3;
    }

    private boolean isTriggered() {
        return mode() == MODE_ONE_SHOT || mode() == MODE_TRIGGERED_STROBE;
    }

    private boolean isPeriodic() {
        return mode() == MODE_RATE || mode() == MODE_SQUARE;
    }

    private boolean isDecimal() {
        return (control & 1) != 0;
    }

    private long elapsed() {
        final long now = heldAt == NEVER ? ticks.getAsLong() : heldAt;
        return Math.max(now - loadedAt, 0);
    }

    boolean output() {
        settle();
        if (!loaded) {
            return mode() != 0;
        }
        final long elapsed = elapsed();
        return switch (mode()) {
            case 0 -> elapsed >= count;
            case MODE_ONE_SHOT -> elapsed >= count || ticks.getAsLong() < loadedAt;
            case MODE_RATE -> heldAt != NEVER || elapsed % count != count - 1;
            case MODE_SQUARE -> heldAt != NEVER || elapsed % count < count + 1 >> 1;
            default -> elapsed != count;
        };
    }

    /** {@return the next tick after {@code tick} at which the output rises, or {@link #NEVER}} */
    long nextRise(final long tick) {
        settle();
        if (!loaded || heldAt != NEVER) {
            return NEVER;
        }
        if (isPeriodic()) {
            final long passed = Math.max(tick - loadedAt, 0);
            return loadedAt + (passed / count + 1) * count;
        }
        final long rise = loadedAt + count + (mode() >= MODE_STROBE ? 1 : 0);
        return rise > tick ? rise : NEVER;
    }

    /** {@return the counter as it can be read, 16 bits} */
    private int value() {
        return isDecimal() ? toDecimal(left()) : left();
    }

    /** {@return what is left of the count, less than what can be written} */
    private int left() {
        settle();
        if (!loaded) {
            return 0;
        }
        final long elapsed = elapsed();
        final long left = switch (mode()) {
            case MODE_RATE -> count - elapsed % count;
            case MODE_SQUARE -> count - 2 * elapsed % count & ~1L;
            default -> count - elapsed;
        };
        final int range = isDecimal() ? DECIMAL_RANGE : BINARY_RANGE;
        return (int) Math.floorMod(left, (long) range);
    }

    private static int toDecimal(final int binary) {
        int decimal = 0;
        int rest = binary;
        for (int shift = 0; shift < Short.SIZE; shift += 4) {
            decimal |= rest % 10 << shift;
            rest /= 10;
        }
        return decimal;
    }

    private int countOf(final int written) {
        if (!isDecimal()) {
            return written == 0 ? BINARY_RANGE : written;
        }
        int binary = 0;
        for (int shift = Short.SIZE - 4; shift >= 0; shift -= 4) {
            binary = binary * 10 + (written >> shift & 0xF);
        }
        return binary == 0 ? DECIMAL_RANGE : binary;
    }

    /** A control word for this counter; access mode 0 is a command to latch the count. */
    void control(final int word) {
        if ((word >> ACCESS_SHIFT & 3) == 0) {
            latchCount();
            return;
        }
        control = word & CONTROL;
        loaded = false;
        heldAt = NEVER;
        takenAt = NEVER;
        reload = 0;
        writeHigh = false;
        readHigh = false;
        latched = 0;
    }

    void latchCount() {
        if ((latched & LATCHED_COUNT) == 0) {
            latchedCount = value();
            latched |= LATCHED_COUNT;
        }
    }

    void latchStatus() {
        if ((latched & LATCHED_STATUS) == 0) {
            final boolean waits = !loaded || ticks.getAsLong() < loadedAt;
            latchedStatus = control | (output() ? STATUS_OUTPUT : 0) | (waits ? STATUS_NULL_COUNT : 0);
            latched |= LATCHED_STATUS;
        }
    }

    int read() {
        if ((latched & LATCHED_STATUS) != 0) {
            latched &= ~LATCHED_STATUS;
            return latchedStatus;
        }
        final boolean isLatched = (latched & LATCHED_COUNT) != 0;
        final int value = isLatched ? latchedCount : value();
        final boolean both = access() == (ACCESS_LOW | ACCESS_HIGH);
        final boolean high = both ? readHigh : access() == ACCESS_HIGH;
        readHigh = both && !readHigh;
        if (!readHigh) {
            latched &= ~LATCHED_COUNT;
        }
        return high ? value >> Byte.SIZE : value & OCTET;
    }

    void write(final int octet) {
        settle();
        switch (access()) {
            case ACCESS_LOW -> load(octet);
            case ACCESS_HIGH -> load(octet << Byte.SIZE);
            default -> {
                if (writeHigh) {
                    writeHigh = false;
                    load(octet << Byte.SIZE | lowWritten);
                } else {
                    lowWritten = octet;
                    writeHigh = true;
                    if (mode() == 0) {
                        loaded = false;
                    }
                }
            }
        }
    }

    // A periodic counter takes a new count at the end of its period, a triggered one at its gate.
    private void load(final int written) {
        reload = countOf(written);
        if (isTriggered()) {
            return;
        }
        if (isPeriodic() && loaded && heldAt == NEVER && ticks.getAsLong() >= loadedAt) {
            takenAt = loadedAt + (elapsed() / count + 1) * count;
        } else {
            start(ticks.getAsLong() + 1);
        }
    }

    private void start(final long tick) {
        count = reload;
        loadedAt = tick;
        takenAt = NEVER;
        loaded = true;
        heldAt = gate || isTriggered() ? NEVER : tick;
    }

    /** Takes up the new count if the period in which it was written is over. */
    private void settle() {
        if (takenAt <= ticks.getAsLong()) {
            start(takenAt);
        }
    }

    boolean gate() {
        return gate;
    }

    void gate(final boolean level) {
        settle();
        final long now = ticks.getAsLong();
        final boolean rises = level && !gate;
        final boolean falls = !level && gate;
        gate = level;
        if (rises && reload != 0 && (isTriggered() || loaded && isPeriodic())) {
            start(now + 1);
        } else if (rises && heldAt != NEVER) {
            loadedAt += Math.max(now - heldAt, 0);
            heldAt = NEVER;
        } else if (falls && loaded && !isTriggered()) {
            heldAt = Math.max(now, loadedAt);
        }
    }

    @Override
    public void save(final StateWriter out) {
        out.i32(control).bool(gate).bool(loaded).i64(loadedAt).i64(heldAt).i64(takenAt).i32(reload).i32(count)
                .u8(lowWritten).bool(writeHigh).bool(readHigh).u8(latched).u16(latchedCount).u8(latchedStatus);
    }

    @Override
    public void load(final StateReader in) {
        control = in.i32(0, CONTROL);
        gate = in.bool();
        loaded = in.bool();
        loadedAt = in.i64(0, LATEST);
        heldAt = in.i64(0, NEVER);
        takenAt = in.i64(0, NEVER);
        reload = in.i32(0, BINARY_RANGE);
        count = in.i32(1, BINARY_RANGE);
        lowWritten = in.u8();
        writeHigh = in.bool();
        readHigh = in.bool();
        latched = in.u8();
        latchedCount = in.u16();
        latchedStatus = in.u8();
        if (takenAt != NEVER && (reload == 0 || takenAt < loadedAt)) {
            throw in.refused("a counter takes up no count at a tick in its past");
        }
    }
}
