package ringside.emulator.device.uart;

import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;

/** Octets that wait outside a serial port until it has room: a sender that heeds flow control, bounded. */
final class InputQueue {
    static final int CAPACITY = 4096;

    private final byte[] octets = new byte[CAPACITY];
    private int first;
    private int count;

    boolean isEmpty() {
        return count == 0;
    }

    int room() {
        return CAPACITY - count;
    }

    boolean add(final int octet) {
        if (count == CAPACITY) {
            return false;
        }
        octets[(first + count) % CAPACITY] = (byte) octet;
        count++;
        return true;
    }

    int remove() {
        final int octet = Byte.toUnsignedInt(octets[first]);
        first = (first + 1) % CAPACITY;
        count--;
        return octet;
    }

    void save(final StateWriter out) {
        final byte[] waiting = new byte[count];
        for (int i = 0; i < count; i++) {
            waiting[i] = octets[(first + i) % CAPACITY];
        }
        out.bytes(waiting);
    }

    void load(final StateReader in) {
        final byte[] waiting = in.bytes(CAPACITY);
        System.arraycopy(waiting, 0, octets, 0, waiting.length);
        first = 0;
        count = waiting.length;
    }
}
