package ringside.emulator.device.debugexit;

import java.util.Objects;
import java.util.function.IntConsumer;
import ringside.emulator.bus.BusDevice;

/** A register whose writing ends the run with the value written: QEMU's isa-debug-exit. */
public final class DebugExit implements BusDevice {
    private final IntConsumer exit;

    /**
     * Makes the register.
     *
     * @param exit told the value
     */
    public DebugExit(final IntConsumer exit) {
        this.exit = Objects.requireNonNull(exit, "exit");
    }

    @Override
    public long read(final int offset, final int size) {
        return 0;
    }

    @Override
    public void write(final int offset, final int size, final long value) {
        exit.accept((int) value);
    }
}
