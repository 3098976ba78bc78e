package ringside.emulator.device.apic;

import java.util.Arrays;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;

/** The local vector table: what the timer, the two pins and errors do to their own CPU (Intel SDM volume 3, 11.5.1). */
final class LocalVectors implements Stateful {
    static final int TIMER = 0;
    static final int PIN_0 = 3;
    static final int PIN_1 = 4;
    static final int ERROR = 5;

    static final int MASKED = 1 << 16;
    static final int LEVEL = 1 << 15;

    private static final int FIRST = 0x32;
    private static final int VECTOR = 0xFF;
    private static final int MODE_SHIFT = 8;
    private static final int MODE = 7;
    private static final int REMOTE_REQUEST = 1 << 14;
    private static final int WITH_MODE = VECTOR | MODE << MODE_SHIFT | MASKED;
    private static final int POLARITY = 1 << 13;
    private static final int PIN = WITH_MODE | POLARITY | LEVEL;
    private static final int TIMER_MODES = 3 << 17;
    /** What software may write of: timer, thermal sensor, performance counters, pins 0 and 1, error. */
    private static final int[] WRITABLE = {VECTOR | MASKED | TIMER_MODES, WITH_MODE, WITH_MODE, PIN, PIN,
        VECTOR | MASKED};

    /** How many there are. */
    static final int COUNT = WRITABLE.length;

    private final int[] entries = new int[COUNT];

    LocalVectors() {
        reset();
    }

    void reset() {
        Arrays.fill(entries, MASKED);
    }

    /** {@return the entry behind a register, or -1} */
    static int entry(final int register) {
        return register >= FIRST && register < FIRST + WRITABLE.length ? register - FIRST : -1;
    }

    static int writable(final int entry) {
        return WRITABLE[entry];
    }

    int get(final int entry) {
        return entries[entry];
    }

    void set(final int entry, final int value) {
        entries[entry] = value & WRITABLE[entry] | entries[entry] & REMOTE_REQUEST;
    }

    void maskAll() {
        for (int i = 0; i < entries.length; i++) {
            entries[i] |= MASKED;
        }
    }

    boolean masked(final int entry) {
        return (entries[entry] & MASKED) != 0;
    }

    int vector(final int entry) {
        return entries[entry] & VECTOR;
    }

    int mode(final int entry) {
        return entry == TIMER || entry == ERROR ? 0 : entries[entry] >> MODE_SHIFT & MODE;
    }

    boolean level(final int entry) {
        return (entries[entry] & LEVEL) != 0;
    }

    boolean waitsForEnd(final int entry) {
        return (entries[entry] & REMOTE_REQUEST) != 0;
    }

    void waitForEnd(final int entry, final boolean yes) {
        entries[entry] = yes ? entries[entry] | REMOTE_REQUEST : entries[entry] & ~REMOTE_REQUEST;
    }

    @Override
    public void save(final StateWriter out) {
        for (final int entry : entries) {
            out.i32(entry);
        }
    }

    @Override
    public void load(final StateReader in) {
        for (int i = 0; i < entries.length; i++) {
            entries[i] = in.i32();
            if ((entries[i] & ~(WRITABLE[i] | REMOTE_REQUEST)) != 0) {
                throw in.refused("local vector " + i + " has bits that it cannot have: value=" + entries[i]);
            }
        }
    }
}
