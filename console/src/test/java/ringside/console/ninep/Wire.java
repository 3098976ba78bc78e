package ringside.console.ninep;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** 9P's integers and texts, as a test writes and reads them; a text is a Java string of bytes (ISO 8859-1). */
final class Wire {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** {@return a message whose size is still to come} */
    static Wire message(final int type, final int tag) {
        return new Wire().u32(0).u8(type).u16(tag);
    }

    Wire u8(final int value) {
        out.write(value);
        return this;
    }

    Wire u16(final int value) {
        return u8(value).u8(value >> Byte.SIZE);
    }

    Wire u32(final long value) {
        return u16((int) value).u16((int) (value >> Short.SIZE));
    }

    Wire u64(final long value) {
        return u32(value).u32(value >> Integer.SIZE);
    }

    Wire text(final String text) {
        return u16(text.length()).bytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Wire bytes(final byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    int length() {
        return out.size();
    }

    byte[] plain() {
        return out.toByteArray();
    }

    /** {@return the message with its size} */
    byte[] sized() {
        final byte[] all = out.toByteArray();
        ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putInt(0, all.length);
        return all;
    }

    /** What is wrong with a request's form. */
    static final class MalformedException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Reads a request; what is not there is malformed. */
    static final class Reader {
        private final ByteBuffer in;

        Reader(final byte[] bytes, final int from) {
            in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            in.position(from);
        }

        private void need(final long bytes) {
            if (in.remaining() < bytes) {
                throw new MalformedException();
            }
        }

        int left() {
            return in.remaining();
        }

        int u8() {
            need(Byte.BYTES);
            return Byte.toUnsignedInt(in.get());
        }

        int u16() {
            need(Short.BYTES);
            return Short.toUnsignedInt(in.getShort());
        }

        long u32() {
            need(Integer.BYTES);
            return Integer.toUnsignedLong(in.getInt());
        }

        long u64() {
            need(Long.BYTES);
            return in.getLong();
        }

        String text() {
            final byte[] bytes = bytes(u16());
            for (final byte value : bytes) {
                if (value == 0) {
                    throw new MalformedException();
                }
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }

        byte[] bytes(final int count) {
            need(count);
            final byte[] bytes = new byte[count];
            in.get(bytes);
            return bytes;
        }

        void end() {
            if (in.hasRemaining()) {
                throw new MalformedException();
            }
        }
    }
}
