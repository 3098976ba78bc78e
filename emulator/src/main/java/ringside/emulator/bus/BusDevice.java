package ringside.emulator.bus;

/**
 * Registers at offsets. A device knows neither its address nor its neighbours, and answers every access: one that
 * the datasheet leaves open reads as zero and writes nothing.
 */
public interface BusDevice {
    /**
     * {@return a register's value, in the low bytes}
     *
     * @param offset bytes from the start of the device's range
     * @param size   bytes: 1, 2, 4 or 8
     */
    long read(int offset, int size);

    /**
     * Writes a register.
     *
     * @param offset bytes from the start of the device's range
     * @param size   bytes: 1, 2, 4 or 8
     * @param value  in the low bytes
     */
    void write(int offset, int size, long value);
}
