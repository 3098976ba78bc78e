package ringside.emulator.device.virtio;

import ringside.emulator.bus.BusDevice;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;

/**
 * The capability by which a guest that cannot map memory reaches the registers through configuration space (Virtual I/O
 * Device 1.1, 4.1.4.9): it names a place, and its last word is what is there.
 */
final class ConfigAccess implements BusDevice {
    static final int BYTES = 20;

    private static final int BAR = 4;
    private static final int OFFSET = 8;
    private static final int LENGTH = 12;
    private static final int DATA = 16;

    private final ModernWindow window;
    private final int bar;
    private final byte[] registers;

    ConfigAccess(final ModernWindow window, final int bar, final byte[] capability) {
        this.window = window;
        this.bar = bar;
        registers = capability;
    }

    private int word(final int at) {
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            value |= Byte.toUnsignedInt(registers[at + i]) << i * Byte.SIZE;
        }
        return value;
    }

    private boolean isPlace(final int size) {
        final int offset = word(OFFSET);
        final int length = word(LENGTH);
        return registers[BAR] == bar && length == size && Integer.bitCount(length) == 1 && length <= Integer.BYTES
                && offset >= 0 && offset <= ModernWindow.BYTES - length && offset % length == 0;
    }

    @Override
    public long read(final int offset, final int size) {
        if (offset == DATA) {
            return isPlace(size) ? window.read(word(OFFSET), size) : 0;
        }
        long value = 0;
        for (int i = 0; i < size && offset + i < DATA; i++) {
            value |= (long) Byte.toUnsignedInt(registers[offset + i]) << i * Byte.SIZE;
        }
        return value;
    }

    @Override
    public void write(final int offset, final int size, final long value) {
        if (offset == DATA) {
            if (isPlace(size)) {
                window.write(word(OFFSET), size, value);
            }
            return;
        }
        for (int i = 0; i < size; i++) {
            final int at = offset + i;
            if (at == BAR || at >= OFFSET && at < DATA) {
                registers[at] = (byte) (value >>> i * Byte.SIZE);
            }
        }
    }

    void save(final StateWriter out) {
        out.u8(registers[BAR]).i32(word(OFFSET)).i32(word(LENGTH));
    }

    void load(final StateReader in) {
        registers[BAR] = (byte) in.u8();
        put(OFFSET, in.i32());
        put(LENGTH, in.i32());
    }

    private void put(final int at, final int value) {
        for (int i = 0; i < Integer.BYTES; i++) {
            registers[at + i] = (byte) (value >>> i * Byte.SIZE);
        }
    }
}
