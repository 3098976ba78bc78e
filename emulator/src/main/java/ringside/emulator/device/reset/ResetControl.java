package ringside.emulator.device.reset;

import java.util.Objects;
import ringside.emulator.bus.ByteDevice;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;

/**
 * The reset control register (Intel 82371AB, RC register): one bit says what kind of reset, the other begins it.
 *
 * <p><b>Not modelled:</b> a soft reset, which would keep the devices: both kinds are one.
 */
public final class ResetControl implements ByteDevice, Stateful {
    private static final int HARD = 1 << 1;
    private static final int RESET = 1 << 2;

    private final Runnable reset;
    private int value;

    /**
     * Makes the register.
     *
     * @param reset told when the guest asks for a reset
     */
    public ResetControl(final Runnable reset) {
        this.reset = Objects.requireNonNull(reset, "reset");
    }

    @Override
    public int readByte(final int offset) {
        return value;
    }

    @Override
    public void writeByte(final int offset, final int octet) {
        value = octet & HARD;
        if ((octet & RESET) != 0) {
            reset.run();
        }
    }

    @Override
    public void save(final StateWriter out) {
        out.section("reset-control").u8(value);
    }

    @Override
    public void load(final StateReader in) {
        value = in.section("reset-control").u8() & HARD;
    }
}
