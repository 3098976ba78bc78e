package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.RefusedException;

/** A command of the console. Made anew for each line; its fields hold what the line says. */
abstract class DeskCommand implements Runnable {
    /** The most times that one line repeats something. */
    private static final long MOST_TIMES = 1_000_000;

    /** At which it works. */
    private Desk desk;

    /** All that stands behind the command's name, as it was typed. */
    private String rest = "";

    @Spec
    private CommandSpec spec;

    /** Sets where it works. */
    final DeskCommand at(final Desk workplace) {
        desk = workplace;
        return this;
    }

    /** Sets what stands behind its name. */
    final DeskCommand behind(final String text) {
        rest = text;
        return this;
    }

    /** {@return all that stands behind its name, as it was typed} */
    final String rest() {
        return rest;
    }

    /** {@return where it works} */
    final Desk desk() {
        return desk;
    }

    /** {@return its guest} */
    final Guest guest() {
        return desk.guest();
    }

    /** {@return what it is described as} */
    final CommandSpec spec() {
        return spec;
    }

    /** {@return whether an empty line behind it does the same again} */
    boolean repeats() {
        return false;
    }

    /** {@return whether what it says is the last output, of which something is expected} */
    boolean speaks() {
        return true;
    }

    /** Says a line. */
    final void say(final String line) {
        desk.out().println(line);
    }

    /** {@return words as one text, blanks between them} */
    static String joined(final List<String> words) {
        return words == null ? "" : String.join(" ", words);
    }

    /** {@return words as one text; there must be some} */
    static String required(final String command, final List<String> words) {
        if (words == null || words.isEmpty()) {
            throw new RefusedException(command + " what? 'help " + command + "' tells");
        }
        return joined(words);
    }

    /** {@return how often, by an expression; 1 where there is none} */
    final long times(final List<String> words) {
        final String text = joined(words);
        final long count = text.isEmpty() ? 1 : guest().value(text);
        if (count < 1 || count > MOST_TIMES) {
            throw new RefusedException("a count is from 1 to " + MOST_TIMES + ": " + text);
        }
        return count;
    }

    /** {@return the text within double quotes, or a text without any} */
    static String unquoted(final String text) {
        if (text.length() < 2 || text.charAt(0) != '"' || !text.endsWith("\"")) {
            return text;
        }
        final StringBuilder plain = new StringBuilder();
        for (int i = 1; i < text.length() - 1; i++) {
            char letter = text.charAt(i);
            if (letter == '\\' && i + 1 < text.length() - 1) {
                letter = switch (text.charAt(++i)) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    case 'e' -> 0x1B;
                    default -> text.charAt(i);
                };
            }
            plain.append(letter);
        }
        return plain.toString();
    }
}
