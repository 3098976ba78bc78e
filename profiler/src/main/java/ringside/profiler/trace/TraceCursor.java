package ringside.profiler.trace;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads the bytes of a section, from anywhere: what is not there, or is too much, is refused. */
final class TraceCursor {
    private final String file;
    private final String place;
    private final byte[] bytes;
    private int at;

    TraceCursor(final String file, final String place, final byte[] bytes) {
        this.file = file;
        this.place = place;
        this.bytes = bytes;
    }

    TraceException refused(final String reason) {
        return new TraceException(file, place, reason + " (" + at + " bytes into the section)");
    }

    int at() {
        return at;
    }

    int length() {
        return bytes.length;
    }

    boolean isAtEnd() {
        return at == bytes.length;
    }

    void end() {
        if (!isAtEnd()) {
            throw refused("bytes are left over: " + (bytes.length - at));
        }
    }

    int u8() {
        if (at == bytes.length) {
            throw refused("the section ends too early");
        }
        return Byte.toUnsignedInt(bytes[at++]);
    }

    int u8(final int most, final String what) {
        final int value = u8();
        if (value > most) {
            throw refused(what + " is at most " + most + ": " + value);
        }
        return value;
    }

    boolean truth() {
        return u8(1, "a truth") == 1;
    }

    int i32() {
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            value = value << Byte.SIZE | u8();
        }
        return value;
    }

    long i64() {
        return (long) i32() << Integer.SIZE | Integer.toUnsignedLong(i32());
    }

    long number() {
        long value = 0;
        int shift = 0;
        while (true) {
            final int next = u8();
            if (shift == 63 && next > 1) {
                throw refused("a number has at most 64 bits");
            }
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
            shift += 7;
        }
    }

    long signed() {
        final long value = number();
        return value >>> 1 ^ -(value & 1);
    }

    long number(final long least, final long most, final String what) {
        final long value = number();
        if (value < least || value > most) {
            throw refused(what + " is from " + least + " to " + most + ": " + value);
        }
        return value;
    }

    int count(final int most, final String what) {
        return (int) number(0, most, what);
    }

    byte[] raw(final int length) {
        if (length > bytes.length - at) {
            throw refused("the section ends too early");
        }
        final byte[] part = new byte[length];
        System.arraycopy(bytes, at, part, 0, length);
        at += length;
        return part;
    }

    /** {@return whether a text is one line of characters that can be shown} */
    static boolean isLine(final String text) {
        return text.chars().noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
    }

    /** A text without control characters. */
    String text() {
        final byte[] utf = raw(count(TraceLimits.TEXT, "a text's length"));
        try {
            final String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf)).toString();
            if (!isLine(text)) {
                throw refused("a text is one line of characters that can be shown");
            }
            return text;
        } catch (final CharacterCodingException wrong) {
            throw refused("a text is UTF-8");
        }
    }
}
