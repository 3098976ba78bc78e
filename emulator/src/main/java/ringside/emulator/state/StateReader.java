package ringside.emulator.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Gives a state back, in the order a {@link StateWriter} took it; trusts nothing and allocates no more than it has. */
public final class StateReader {
    /** The most steps or cycles that a state counts: the sum of all counts of a machine is still a number. */
    public static final long MOST_COUNT = 1L << 56;

    private final ByteBuffer in;
    private String section = "start";

    /**
     * Makes a reader.
     *
     * @param bytes from anywhere
     */
    public StateReader(final byte[] bytes) {
        in = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /**
     * Enters a section.
     *
     * @param name that the writer gave
     * @return this
     * @throws StateException when another one is here
     */
    public StateReader section(final String name) {
        final byte[] expected = name.getBytes(StandardCharsets.US_ASCII);
        final int length = u16();
        if (length != expected.length) {
            throw refused("here the section '" + name + "' is expected");
        }
        for (final byte octet : expected) {
            if (u8() != octet) {
                throw refused("here the section '" + name + "' is expected");
            }
        }
        section = name;
        return this;
    }

    private void need(final int bytes) {
        if (in.remaining() < bytes) {
            throw refused("the state ends: " + in.remaining() + " bytes are left and " + bytes + " are needed");
        }
    }

    /** {@return 8 bits, 0 to 255} */
    public int u8() {
        need(Byte.BYTES);
        return Byte.toUnsignedInt(in.get());
    }

    /** {@return 16 bits, 0 to 65,535} */
    public int u16() {
        need(Short.BYTES);
        return Short.toUnsignedInt(in.getShort());
    }

    /** {@return 32 bits} */
    public int i32() {
        need(Integer.BYTES);
        return in.getInt();
    }

    /**
     * {@return 32 bits within bounds}
     *
     * @param least allowed
     * @param most  allowed
     */
    public int i32(final int least, final int most) {
        final int value = i32();
        if (value < least || value > most) {
            throw refused("value=" + value + " is not between " + least + " and " + most);
        }
        return value;
    }

    /** {@return 64 bits} */
    public long i64() {
        need(Long.BYTES);
        return in.getLong();
    }

    /**
     * {@return 64 bits within bounds}
     *
     * @param least allowed
     * @param most  allowed
     */
    public long i64(final long least, final long most) {
        final long value = i64();
        if (value < least || value > most) {
            throw refused("value=" + value + " is not between " + least + " and " + most);
        }
        return value;
    }

    /** {@return a truth} */
    public boolean bool() {
        final int value = u8();
        if (value > 1) {
            throw refused("a truth is 0 or 1: value=" + value);
        }
        return value == 1;
    }

    /**
     * {@return a byte string}
     *
     * @param most bytes allowed
     */
    public byte[] bytes(final int most) {
        final int length = i32(0, most);
        need(length);
        final byte[] value = new byte[length];
        in.get(value);
        return value;
    }

    /** Says that nothing is left. */
    public void end() {
        if (in.hasRemaining()) {
            throw refused(in.remaining() + " bytes are left over");
        }
    }

    /**
     * {@return what to throw about the field just read}
     *
     * @param reason what was found and expected
     */
    public StateException refused(final String reason) {
        return new StateException("section " + section + ", offset " + in.position(), reason);
    }
}
