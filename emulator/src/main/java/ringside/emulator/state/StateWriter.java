package ringside.emulator.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes a state as big-endian fields in named sections; a section's name is written, so a reader notices when lost. */
public final class StateWriter {
    private static final int FIRST_BYTES = 4096;

    private byte[] all = new byte[FIRST_BYTES];
    private int length;

    /** Makes a writer with nothing in it. */
    public StateWriter() {
    }

    /** {@return where so many bytes go} */
    private int place(final int bytes) {
        final int at = length;
        length = Math.addExact(at, bytes);
        if (length > all.length) {
            all = Arrays.copyOf(all, Math.max(length, (int) Math.min(Integer.MAX_VALUE - Long.BYTES, 2L * all.length)));
        }
        return at;
    }

    /**
     * Starts a section.
     *
     * @param name of the part, the same in {@link StateReader#section}; ASCII
     * @return this
     */
    public StateWriter section(final String name) {
        final byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
        u16(ascii.length);
        final int at = place(ascii.length);
        System.arraycopy(ascii, 0, all, at, ascii.length);
        return this;
    }

    /**
     * Writes 8 bits.
     *
     * @param value in the low bits
     * @return this
     */
    public StateWriter u8(final int value) {
        final int at = place(1);
        all[at] = (byte) value;
        return this;
    }

    /**
     * Writes 16 bits.
     *
     * @param value in the low bits
     * @return this
     */
    public StateWriter u16(final int value) {
        final int at = place(Short.BYTES);
        all[at] = (byte) (value >> 8);
        all[at + 1] = (byte) value;
        return this;
    }

    /**
     * Writes 32 bits.
     *
     * @param value all of it
     * @return this
     */
    public StateWriter i32(final int value) {
        final int at = place(Integer.BYTES);
        all[at] = (byte) (value >> 24);
        all[at + 1] = (byte) (value >> 16);
        all[at + 2] = (byte) (value >> 8);
        all[at + 3] = (byte) value;
        return this;
    }

    /**
     * Writes 64 bits.
     *
     * @param value all of it
     * @return this
     */
    public StateWriter i64(final long value) {
        return i32((int) (value >> Integer.SIZE)).i32((int) value);
    }

    /**
     * Writes a truth.
     *
     * @param value as a byte of 0 or 1
     * @return this
     */
    public StateWriter bool(final boolean value) {
        return u8(value ? 1 : 0);
    }

    /**
     * Writes a byte string with its length.
     *
     * @param value its bytes
     * @return this
     */
    public StateWriter bytes(final byte[] value) {
        i32(value.length);
        final int at = place(value.length);
        System.arraycopy(value, 0, all, at, value.length);
        return this;
    }

    /** {@return all that was written} */
    public byte[] toBytes() {
        return Arrays.copyOf(all, length);
    }
}
