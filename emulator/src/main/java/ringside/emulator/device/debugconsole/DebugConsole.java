package ringside.emulator.device.debugconsole;

import java.util.Objects;
import java.util.function.IntConsumer;
import ringside.emulator.bus.ByteDevice;

/** A port whose writing prints a byte, as in Bochs and QEMU's isa-debugcon; it reads as its own number. */
public final class DebugConsole implements ByteDevice {
    private static final int READ_BACK = 0xE9;

    private final IntConsumer sink;

    /**
     * Makes the port.
     *
     * @param sink takes each byte, 0 to 255
     */
    public DebugConsole(final IntConsumer sink) {
        this.sink = Objects.requireNonNull(sink, "sink");
    }

    @Override
    public int readByte(final int offset) {
        return READ_BACK;
    }

    @Override
    public void writeByte(final int offset, final int octet) {
        sink.accept(octet);
    }
}
