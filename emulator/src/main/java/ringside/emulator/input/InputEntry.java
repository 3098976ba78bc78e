package ringside.emulator.input;

import ringside.emulator.machine.InputSource;

/**
 * Bytes that came into a serial port at one position, or a break.
 *
 * @param cycle  the platform's clock, not negative
 * @param idle   whether all vCPUs waited and nothing but this woke them
 * @param broken whether it was a break
 * @param bytes  at least one, for a break none; copied
 */
public record InputEntry(long cycle, boolean idle, boolean broken, byte[] bytes) {
    /** Refuses a position before time, and nothing. */
    public InputEntry {
        bytes = bytes.clone();
        if (cycle < 0 || (bytes.length == 0) != broken) {
            throw new IllegalArgumentException(
                    "input is bytes at a cycle: cycle=" + cycle + " bytes=" + bytes.length);
        }
    }

    /**
     * Makes an entry of bytes.
     *
     * @param cycle the platform's clock, not negative
     * @param idle  whether all vCPUs waited and nothing but this woke them
     * @param bytes at least one; copied
     */
    public InputEntry(final long cycle, final boolean idle, final byte[] bytes) {
        this(cycle, idle, false, bytes);
    }

    /**
     * {@return a break}
     *
     * @param cycle the platform's clock, not negative
     * @param idle  whether all vCPUs waited and nothing but this woke them
     */
    public static InputEntry broken(final long cycle, final boolean idle) {
        return new InputEntry(cycle, idle, true, new byte[0]);
    }

    /** {@return the bytes; a copy} */
    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    /** {@return how many bytes; a break counts as one} */
    public int length() {
        return broken ? 1 : bytes.length;
    }

    /** {@return one byte, 0 to 255, or the break} */
    int at(final int index) {
        return broken ? InputSource.BREAK : Byte.toUnsignedInt(bytes[index]);
    }

    /**
     * {@return whether this may stand behind another: later, or at the same place where one of them is a break}
     *
     * @param before the other
     */
    public boolean follows(final InputEntry before) {
        return cycle > before.cycle
                || cycle == before.cycle && (idle != before.idle || broken || before.broken);
    }

    /** {@return whether the machine is there, or past it} */
    boolean isDue(final long now, final boolean waiting) {
        return now > cycle || now == cycle && (waiting || !idle);
    }
}
