package ringside.console.repl.command;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.RefusedException;

/**
 * How many, as what, and how large: {@code /NFU}, as gdb has it.
 *
 * @param count  how many
 * @param letter x hexadecimal, d signed, u unsigned, o octal, t binary, c character, a address, s text, i instruction
 * @param unit   b, h, w or g: 1, 2, 4 or 8 bytes
 */
record Format(int count, char letter, char unit) {
    /** No letter was given. */
    static final char NONE = 0;
    private static final int MOST = 4096;
    private static final Pattern TEXT = Pattern.compile("/(\\d{0,6})([a-z]{0,2})");
    private static final String LETTERS = "xduotcasiz";
    private static final String UNITS = "bhwg";

    /** {@return the format that a word says} */
    static Format of(final String word, final Format otherwise) {
        final Matcher parts = TEXT.matcher(word);
        if (!parts.matches()) {
            throw new RefusedException("a format is /NFU, for instance /8xg: " + word);
        }
        int count = 1;
        if (!parts.group(1).isEmpty()) {
            count = Integer.parseInt(parts.group(1));
        }
        char letter = otherwise.letter;
        char unit = otherwise.unit;
        for (final char one : parts.group(2).toCharArray()) {
            if (LETTERS.indexOf(one) >= 0) {
                letter = one;
            } else if (UNITS.indexOf(one) >= 0) {
                unit = one;
            } else {
                throw new RefusedException("a format has one of " + LETTERS + " and one of " + UNITS + ": " + word);
            }
        }
        if (count < 1 || count > MOST) {
            throw new RefusedException("from 1 to " + MOST + " of them: " + word);
        }
        return new Format(count, letter, unit);
    }

    /** {@return bytes of a unit} */
    int bytes() {
        return 1 << UNITS.indexOf(unit);
    }

    /** {@return a number of so many bytes in this format} */
    String text(final Guest guest, final long value, final int bytes) {
        final int bits = Byte.SIZE * bytes;
        final long whole = bits == Long.SIZE ? value : value & (1L << bits) - 1;
        return switch (letter) {
            case 'd' -> Long.toString(value << Long.SIZE - bits >> Long.SIZE - bits);
            case 'u' -> Long.toUnsignedString(whole);
            case 'o' -> "0" + Long.toOctalString(whole);
            case 't' -> "0b" + Long.toBinaryString(whole);
            case 'c' -> (whole & 0xFF) + " " + character((int) whole & 0xFF);
            case 'a' -> guest.named(whole);
            case 'z' -> "0x" + String.format(Locale.ROOT, "%0" + 2 * bytes + "x", whole);
            default -> "0x" + Long.toHexString(whole);
        };
    }

    private static String character(final int value) {
        return value >= ' ' && value < 0x7F ? "'" + (char) value + "'" : String.format(Locale.ROOT, "'\\x%02x'", value);
    }
}
