package ringside.emulator.bus;

/** A device eight bits wide: the bus takes a wider access apart, low byte first, as an ISA bus does. */
public interface ByteDevice extends BusDevice {
    /**
     * {@return a register's value, 0 to 255}
     *
     * @param offset bytes from the start of the device's range
     */
    int readByte(int offset);

    /**
     * Writes a register.
     *
     * @param offset bytes from the start of the device's range
     * @param octet  0 to 255
     */
    void writeByte(int offset, int octet);

    @Override
    default long read(final int offset, final int size) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value |= (long) readByte(offset + i) << i * Byte.SIZE;
        }
        return value;
    }

    @Override
    default void write(final int offset, final int size, final long value) {
        for (int i = 0; i < size; i++) {
            writeByte(offset + i, (int) (value >>> i * Byte.SIZE) & 0xFF);
        }
    }
}
