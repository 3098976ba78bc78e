package ringside.console.repl.command;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import ringside.console.repl.expression.ExpressionException;
import ringside.console.repl.guest.Code;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.GuestMemory;
import ringside.console.repl.guest.Summary;

/** Memory for people. */
final class Memory {
    private static final int LINE = 16;
    private static final int MOST_TEXT = 400;

    private final Desk desk;
    private final Guest guest;

    Memory(final Desk desk) {
        this.desk = desk;
        guest = desk.guest();
    }

    /**
     * A text that ends with a 0.
     *
     * @param text  in quotes
     * @param bytes with the 0
     */
    record Text(String text, int bytes) {
    }

    /** {@return the text at an address} */
    static Text text(final Guest guest, final long address) {
        final byte[] bytes = guest.memory().read(address, MOST_TEXT, false);
        if (bytes.length == 0) {
            throw unmapped(address);
        }
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        final String text = Summary.printable(new String(bytes, 0, end, StandardCharsets.UTF_8)
            .replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r"));
        return new Text("\"" + text + "\"" + (end == MOST_TEXT ? "..." : ""), Math.min(end + 1, bytes.length));
    }

    private static ExpressionException unmapped(final long address) {
        return new ExpressionException("no memory at 0x" + Long.toHexString(address) + ": it is not mapped");
    }

    /** Shows memory: {@return the address behind it}. */
    long show(final long address, final Format format, final boolean physical) {
        return switch (format.letter()) {
            case 's' -> texts(address, format.count());
            case 'i' -> instructions(address, format.count());
            default -> numbers(address, format, physical);
        };
    }

    private long texts(final long address, final int count) {
        long at = address;
        for (int i = 0; i < count; i++) {
            final Text text = text(guest, at);
            desk.out().println(guest.named(at) + ": " + text.text());
            at += text.bytes();
        }
        return at;
    }

    private long instructions(final long address, final int count) {
        long at = address;
        for (int i = 0; i < count; i++) {
            final Optional<Code.Line> line = guest.code().at(at);
            if (line.isEmpty()) {
                if (i > 0) {
                    break;
                }
                throw unmapped(at);
            }
            desk.out().println(Summary.instruction(guest, at));
            at += line.get().length();
        }
        return at;
    }

    private long numbers(final long address, final Format format, final boolean physical) {
        final int unit = format.bytes();
        final int wanted = Math.multiplyExact(format.count(), unit);
        final byte[] content = guest.memory().read(address, wanted, physical);
        if (content.length < unit) {
            guest.memory().number(address, unit, physical);
        }
        final int perLine = format.letter() == 'a' ? 1 : format.letter() == 'c' ? 8 / unit + 1 : LINE / unit;
        for (int at = 0; at + unit <= content.length; at += perLine * unit) {
            final StringBuilder line = new StringBuilder(physical ? "0x" + Long.toHexString(address + at)
                : guest.named(address + at)).append(':');
            for (int i = at; i < at + perLine * unit && i + unit <= content.length; i += unit) {
                final long value = GuestMemory.number(content, i, unit);
                line.append("  ").append(padded(format.text(guest, value, unit), format));
            }
            desk.out().println(line.toString().stripTrailing());
        }
        if (content.length < wanted) {
            desk.out().println("0x" + Long.toHexString(address + content.length) + ": "
                + (physical ? "not in RAM" : "not mapped"));
        }
        return address + wanted;
    }

    private static String padded(final String text, final Format format) {
        final int width = switch (format.letter()) {
            case 'a', 't' -> 1;
            case 'x' -> 2 + 2 * format.bytes();
            default -> 3 * format.bytes();
        };
        return String.format(Locale.ROOT, "%" + width + "s", text);
    }
}
