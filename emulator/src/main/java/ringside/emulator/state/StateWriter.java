package ringside.emulator.state;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Takes a state as big-endian fields in named sections; a section's name is written, so a reader notices when lost. */
public final class StateWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    /** Makes a writer with nothing in it. */
    public StateWriter() {
    }

    private interface Write {
        void run() throws IOException;
    }

    private StateWriter put(final Write write) {
        try {
            write.run();
            return this;
        } catch (final IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
    }

    /**
     * Starts a section.
     *
     * @param name of the part, the same in {@link StateReader#section}
     * @return this
     */
    public StateWriter section(final String name) {
        return put(() -> out.writeUTF(name));
    }

    /**
     * Writes 8 bits.
     *
     * @param value in the low bits
     * @return this
     */
    public StateWriter u8(final int value) {
        return put(() -> out.writeByte(value));
    }

    /**
     * Writes 16 bits.
     *
     * @param value in the low bits
     * @return this
     */
    public StateWriter u16(final int value) {
        return put(() -> out.writeShort(value));
    }

    /**
     * Writes 32 bits.
     *
     * @param value all of it
     * @return this
     */
    public StateWriter i32(final int value) {
        return put(() -> out.writeInt(value));
    }

    /**
     * Writes 64 bits.
     *
     * @param value all of it
     * @return this
     */
    public StateWriter i64(final long value) {
        return put(() -> out.writeLong(value));
    }

    /**
     * Writes a truth.
     *
     * @param value as a byte of 0 or 1
     * @return this
     */
    public StateWriter bool(final boolean value) {
        return put(() -> out.writeBoolean(value));
    }

    /**
     * Writes a byte string with its length.
     *
     * @param value its bytes
     * @return this
     */
    public StateWriter bytes(final byte[] value) {
        return put(() -> {
            out.writeInt(value.length);
            out.write(value);
        });
    }

    /** {@return all that was written} */
    public byte[] toBytes() {
        return bytes.toByteArray();
    }
}
