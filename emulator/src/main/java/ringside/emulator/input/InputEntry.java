package ringside.emulator.input;

/**
 * Bytes that came into COM1 at one position.
 *
 * @param cycle the platform's clock, not negative
 * @param idle  whether all vCPUs waited and nothing but this woke them
 * @param bytes at least one; copied
 */
public record InputEntry(long cycle, boolean idle, byte[] bytes) {
    /** Refuses a position before time, and nothing. */
    public InputEntry {
        bytes = bytes.clone();
        if (cycle < 0 || bytes.length == 0) {
            throw new IllegalArgumentException(
                    "input is bytes at a cycle: cycle=" + cycle + " bytes=" + bytes.length);
        }
    }

    /** {@return the bytes; a copy} */
    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    /** {@return how many bytes} */
    public int length() {
        return bytes.length;
    }

    /** {@return one byte, 0 to 255} */
    int at(final int index) {
        return Byte.toUnsignedInt(bytes[index]);
    }

    /** {@return whether the machine is there, or past it} */
    boolean isDue(final long now, final boolean waiting) {
        return now > cycle || now == cycle && (waiting || !idle);
    }
}
