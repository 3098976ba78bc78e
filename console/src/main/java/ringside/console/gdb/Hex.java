package ringside.console.gdb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Numbers and bytes as packets have them. */
final class Hex {
    private static final HexFormat BYTES = HexFormat.of();
    private static final int MOST_DIGITS = 16;

    private Hex() {
    }

    /** {@return bytes, two digits each} */
    static String of(final byte[] bytes) {
        return BYTES.formatHex(bytes);
    }

    static String of(final String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** {@return the bytes that digits stand for} */
    static byte[] bytes(final String digits) {
        try {
            return BYTES.parseHex(digits);
        } catch (final IllegalArgumentException e) {
            throw PacketException.malformed("not bytes: '" + digits + "'");
        }
    }

    /** {@return the number that digits stand for, of at most 64 bits, unsigned} */
    static long number(final String digits) {
        if (digits.isEmpty() || digits.length() > MOST_DIGITS || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            throw PacketException.malformed("not a number: '" + digits + "'");
        }
        return Long.parseUnsignedLong(digits, MOST_DIGITS);
    }

    /** {@return a count that fits into a bound} */
    static int count(final String digits, final int most) {
        final long number = number(digits);
        if (number < 0 || number > most) {
            throw PacketException.malformed("too many: " + digits);
        }
        return (int) number;
    }

    /** {@return the low bytes of a number, the lowest first} */
    static byte[] little(final long value, final int bytes) {
        return Arrays.copyOf(
                ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array(), bytes);
    }

    /** {@return the number that bytes stand for, at most 8, the lowest first} */
    static long little(final byte[] bytes) {
        return ByteBuffer.wrap(Arrays.copyOf(bytes, Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }
}
