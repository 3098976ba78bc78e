package ringside.emulator.device.reset;

import java.util.Objects;
import ringside.emulator.bus.ByteDevice;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;

/**
 * System control port A of the PS/2: a fast reset in bit 0, when it changes from 0 to 1, and A20 in bit 1.
 *
 * <p><b>Not modelled:</b> a masked address line 20: the bit is kept and read back, addresses have all their bits.
 */
public final class SystemControlA implements ByteDevice, Stateful {
    private static final int RESET = 1;
    private static final int A20 = 1 << 1;

    private final Runnable reset;
    private int value = A20;

    /**
     * Makes the port, with A20 on as firmware leaves it.
     *
     * @param reset told when the guest asks for a reset
     */
    public SystemControlA(final Runnable reset) {
        this.reset = Objects.requireNonNull(reset, "reset");
    }

    @Override
    public int readByte(final int offset) {
        return value;
    }

    @Override
    public void writeByte(final int offset, final int octet) {
        final boolean rises = (octet & ~value & RESET) != 0;
        value = octet;
        if (rises) {
            reset.run();
        }
    }

    @Override
    public void save(final StateWriter out) {
        out.section("system-control-a").u8(value);
    }

    @Override
    public void load(final StateReader in) {
        value = in.section("system-control-a").u8();
    }
}
