package ringside.console.repl.command;

import java.util.ArrayList;
import java.util.List;

/** Lines as words, and texts as lines; what stands between double quotes is not taken apart. */
public final class Words {
    private Words() {
    }

    /**
     * {@return the words of a line, quotes included}
     *
     * @param line of a command
     */
    public static List<String> of(final String line) {
        return split(line, " \t");
    }

    /** {@return commands that semicolons separate} */
    static List<String> lines(final String text) {
        return split(text, ";").stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private static List<String> split(final String text, final String separators) {
        final List<String> parts = new ArrayList<>();
        final StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            final char letter = text.charAt(i);
            if (letter == '"' && (i == 0 || text.charAt(i - 1) != '\\')) {
                quoted = !quoted;
            }
            if (!quoted && separators.indexOf(letter) >= 0) {
                if (!part.isEmpty()) {
                    parts.add(part.toString());
                    part.setLength(0);
                }
            } else {
                part.append(letter);
            }
        }
        if (!part.isEmpty()) {
            parts.add(part.toString());
        }
        return parts;
    }
}
