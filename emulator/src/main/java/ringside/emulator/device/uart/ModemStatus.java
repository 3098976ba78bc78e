package ringside.emulator.device.uart;

import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;

/**
 * The modem status register: four inputs and a note of which of them changed since it was read.
 *
 * <p>The other end is always there (CTS, DSR and DCD on); in loop-back the inputs are the port's own outputs.
 */
final class ModemStatus {
    private static final int CLEAR_TO_SEND = 1 << 4;
    private static final int DATA_SET_READY = 1 << 5;
    private static final int RING = 1 << 6;
    private static final int CARRIER = 1 << 7;
    private static final int INPUTS_SHIFT = 4;
    private static final int DELTAS = 0x0F;
    private static final int TRAILING_EDGE_RING = 1 << 2;
    private static final int CONNECTED = CLEAR_TO_SEND | DATA_SET_READY | CARRIER;

    private static final int CONTROL_READY = 1;
    private static final int CONTROL_REQUEST = 1 << 1;
    private static final int CONTROL_OUT1 = 1 << 2;
    private static final int CONTROL_OUT2 = 1 << 3;

    private int value = CONNECTED;

    boolean changed() {
        return (value & DELTAS) != 0;
    }

    int read() {
        final int now = value;
        value &= ~DELTAS;
        return now;
    }

    void control(final int outputs, final boolean loopback) {
        int inputs = CONNECTED;
        if (loopback) {
            inputs = ((outputs & CONTROL_REQUEST) != 0 ? CLEAR_TO_SEND : 0)
                    | ((outputs & CONTROL_READY) != 0 ? DATA_SET_READY : 0)
                    | ((outputs & CONTROL_OUT1) != 0 ? RING : 0)
                    | ((outputs & CONTROL_OUT2) != 0 ? CARRIER : 0);
        }
        final int before = value & ~DELTAS;
        final int changes = (before ^ inputs) >> INPUTS_SHIFT & ~TRAILING_EDGE_RING;
        final int ringEnds = (before & ~inputs & RING) != 0 ? TRAILING_EDGE_RING : 0;
        value = inputs | value & DELTAS | changes | ringEnds;
    }

    void save(final StateWriter out) {
        out.u8(value);
    }

    void load(final StateReader in) {
        value = in.u8();
    }
}
