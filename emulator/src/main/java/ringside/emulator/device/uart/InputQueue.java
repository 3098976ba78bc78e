package ringside.emulator.device.uart;

import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;

/** Octets and breaks that wait outside a serial port until it has room: a sender that heeds flow control, bounded. */
final class InputQueue {
    static final int CAPACITY = 4096;

    private final char[] octets = new char[CAPACITY];
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
        octets[(first + count) % CAPACITY] = (char) octet;
        count++;
        return true;
    }

    int remove() {
        final int octet = octets[first];
        first = (first + 1) % CAPACITY;
        count--;
        return octet;
    }

    void save(final StateWriter out) {
        out.u16(count);
        for (int i = 0; i < count; i++) {
            out.u16(octets[(first + i) % CAPACITY]);
        }
    }

    void load(final StateReader in) {
        final int waiting = in.u16();
        if (waiting > CAPACITY) {
            throw in.refused("at most " + CAPACITY + " octets wait outside a port: count=" + waiting);
        }
        for (int i = 0; i < waiting; i++) {
            octets[i] = (char) in.u16();
            if (octets[i] > Uart16550.BREAK) {
                throw in.refused("an octet or a break waits outside a port: value=" + (int) octets[i]);
            }
        }
        first = 0;
        count = waiting;
    }
}
