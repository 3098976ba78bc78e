package ringside.emulator.device.uart;

import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;

/** What a serial port received and the guest did not read: characters with a mark on those that were a break. */
final class ReceiveFifo {
    static final int DEPTH = 16;

    private static final int BREAK = 1 << Byte.SIZE;
    private static final int ENTRY = BREAK | 0xFF;

    private final int[] entries = new int[DEPTH];
    private int first;
    private int count;

    int count() {
        return count;
    }

    void clear() {
        first = 0;
        count = 0;
    }

    /** Adds a character; there must be room. */
    void add(final int octet, final boolean broken) {
        entries[(first + count) % DEPTH] = octet | (broken ? BREAK : 0);
        count++;
    }

    /** {@return the oldest character, removed; 0 where there is none} */
    int remove() {
        if (count == 0) {
            return 0;
        }
        final int entry = entries[first];
        first = (first + 1) % DEPTH;
        count--;
        return entry & 0xFF;
    }

    boolean oldestIsBreak() {
        return count > 0 && (entries[first] & BREAK) != 0;
    }

    void forgetOldestBreak() {
        entries[first] &= ~BREAK;
    }

    boolean anyBreak() {
        for (int i = 0; i < count; i++) {
            if ((entries[(first + i) % DEPTH] & BREAK) != 0) {
                return true;
            }
        }
        return false;
    }

    void save(final StateWriter out) {
        out.u8(count);
        for (int i = 0; i < count; i++) {
            out.u16(entries[(first + i) % DEPTH]);
        }
    }

    void load(final StateReader in) {
        clear();
        final int length = in.u8();
        if (length > DEPTH) {
            throw in.refused("a FIFO holds " + DEPTH + " characters: count=" + length);
        }
        for (int i = 0; i < length; i++) {
            entries[i] = in.u16() & ENTRY;
        }
        count = length;
    }
}
