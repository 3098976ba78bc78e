package ringside.emulator.device.testdev;

import java.util.List;
import ringside.emulator.bus.BusDevice;
import ringside.emulator.bus.ByteDevice;
import ringside.emulator.bus.InterruptLine;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;

/**
 * QEMU's {@code pc-testdev}: a register, some memory and a switch at each interrupt line, for test suites of kernels
 * and hypervisors. Its fourth part, a port that makes the host drop a page and take it back, would have nothing to do
 * here: where it is, nobody answers.
 */
public final class TestDevice implements Stateful {
    private static final int REGISTER_BYTES = 4;
    private static final int MEMORY_BYTES = 0x1_0000;

    private final List<InterruptLine> lines;
    private final byte[] register = new byte[REGISTER_BYTES];
    private final byte[] content = new byte[MEMORY_BYTES];

    /**
     * Makes the device.
     *
     * @param lines what the switches set, the first at offset 0
     */
    public TestDevice(final List<InterruptLine> lines) {
        this.lines = List.copyOf(lines);
    }

    /** {@return 4 ports of 32 bits that hold what is written, at any width} */
    public ByteDevice register() {
        return new Bytes(register);
    }

    /** {@return 64 KiB of memory behind the bus, at any width} */
    public ByteDevice memory() {
        return new Bytes(content);
    }

    /** {@return a port a line: a byte written there is its level, and wider ones are bytes} */
    public BusDevice switches() {
        return new BusDevice() {
            @Override
            public long read(final int offset, final int size) {
                return 0;
            }

            @Override
            public void write(final int offset, final int size, final long value) {
                for (int i = 0; i < size && offset + i < lines.size(); i++) {
                    lines.get(offset + i).set((value >>> i * Byte.SIZE & 0xFF) != 0);
                }
            }
        };
    }

    /** Bytes that are what was written. */
    private record Bytes(byte[] bytes) implements ByteDevice {
        @Override
        public int readByte(final int offset) {
            return Byte.toUnsignedInt(bytes[offset]);
        }

        @Override
        public void writeByte(final int offset, final int octet) {
            bytes[offset] = (byte) octet;
        }
    }

    @Override
    public void save(final StateWriter out) {
        out.section("testdev").bytes(register).bytes(content);
    }

    @Override
    public void load(final StateReader in) {
        in.section("testdev");
        take(in, register);
        take(in, content);
    }

    private static void take(final StateReader in, final byte[] into) {
        final byte[] saved = in.bytes(into.length);
        if (saved.length != into.length) {
            throw in.refused("a part has " + into.length + " bytes: bytes=" + saved.length);
        }
        System.arraycopy(saved, 0, into, 0, saved.length);
    }
}
