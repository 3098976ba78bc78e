package ringside.console.repl.guest;

import java.util.Optional;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.travel.Position;

/** Where a guest stands, for people: position, time, mode, place in the code, the instruction that comes. */
public final class Summary {
    /** What a guest says at once is shown up to here, characters. */
    private static final int MOST_NEWS = 1 << 16;

    private static final String DOTS = "...";

    private Summary() {
    }

    /**
     * {@return two lines about the place of the vCPU that is looked at}
     *
     * @param guest   that stands there
     * @param columns how long they are at most
     */
    public static String of(final Guest guest, final int columns) {
        final Position position = guest.timeline().position();
        final long rip = guest.pc();
        final StringBuilder text = new StringBuilder();
        text.append(position).append("  cycle ").append(guest.machine().cycles(guest.cpu()));
        if (guest.cpus() > 1) {
            text.append("  cpu ").append(guest.cpu());
        }
        text.append("  ").append(mode(guest));
        final String symbol = guest.symbol(rip);
        if (!symbol.isEmpty()) {
            text.append("  ").append(symbol);
        }
        final String line = guest.code().line(rip).map(source -> "  " + source).orElse("");
        // The end of a path says more than its beginning.
        text.append(text.length() + line.length() <= columns ? line : line.replaceFirst("  .*/", "  "));
        return cut(text.toString(), columns) + "\n" + cut(instruction(guest, rip), columns) + "\n";
    }

    private static String cut(final String text, final int columns) {
        return text.length() <= columns ? text : text.substring(0, columns - DOTS.length()) + DOTS;
    }

    /**
     * {@return a text in lines; those behind the first are indented}
     *
     * @param text    with blanks, at which it may be broken
     * @param columns how long they are, where no word is longer
     */
    public static String wrapped(final String text, final int columns) {
        final StringBuilder lines = new StringBuilder();
        int length = 0;
        for (final String word : text.split(" ")) {
            if (length > 0 && length + 1 + word.length() > columns) {
                lines.append("\n  ");
                length = 2;
            } else if (length > 0) {
                lines.append(' ');
                length++;
            }
            lines.append(word);
            length += word.length();
        }
        return lines.toString();
    }

    /**
     * {@return a line with the instruction at an address and the source that made it}
     *
     * @param guest whose
     * @param rip   virtual address
     */
    public static String instruction(final Guest guest, final long rip) {
        final Optional<Code.Line> line = guest.code().at(rip);
        final String text = line.map(Code.Line::whole).orElse("(nothing is mapped here)");
        final Optional<String> source = guest.code().source(rip).map(Summary::shortened);
        return "  " + Long.toHexString(rip) + "  "
            + source.map(words -> String.format("%-36s ; %s", text, words)).orElse(text);
    }

    private static String shortened(final String source) {
        final int comment = source.indexOf(';');
        final String code = (comment > 0 ? source.substring(0, comment) : source).strip().replaceAll("\\s+", " ");
        return code.length() > 60 ? code.substring(0, 57) + "..." : code;
    }

    /**
     * {@return the mode that the vCPU is in}
     *
     * @param guest whose
     */
    public static String mode(final Guest guest) {
        return switch (guest.code().bits()) {
            case Long.SIZE -> "ring " + guest.register(CpuRegister.CPL);
            case Integer.SIZE -> "32 bits, ring " + guest.register(CpuRegister.CPL);
            default -> (guest.register(CpuRegister.CR0) & 1) == 0 ? "real mode"
                : "16 bits, ring " + guest.register(CpuRegister.CPL);
        };
    }

    /**
     * {@return what the guest said since it was shown last, each line behind a bar; empty where it said nothing}
     *
     * @param guest that spoke
     */
    public static String news(final Guest guest) {
        String news = guest.news();
        if (news.isEmpty()) {
            return "";
        }
        final StringBuilder text = new StringBuilder();
        if (news.length() > MOST_NEWS) {
            text.append("| ... ").append(news.length() - MOST_NEWS).append(" characters before these\n");
            news = news.substring(news.length() - MOST_NEWS);
        }
        news.lines().forEach(line -> text.append(line.isEmpty() ? "|" : "| ").append(printable(line)).append('\n'));
        return text.toString();
    }

    /**
     * {@return a text without characters that do something to a terminal}
     *
     * @param line of a guest, or of a file
     */
    public static String printable(final String line) {
        final StringBuilder text = new StringBuilder(line.length());
        for (final char letter : line.toCharArray()) {
            if (letter < ' ' && letter != '\t' || letter >= 0x7F && letter < 0xA0) {
                text.append("\\x").append(String.format("%02x", (int) letter));
            } else {
                text.append(letter);
            }
        }
        return text.toString();
    }
}
