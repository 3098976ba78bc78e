package ringside.console.report;

import java.util.ArrayList;
import java.util.List;

/** Text cut into lines. */
public final class TextLines {
    private static final String CUT = "...";

    private TextLines() {
    }

    /**
     * {@return a text in lines of at most a width, cut at blanks; a longer word has a line of its own}
     *
     * @param text   the text
     * @param width  of a line
     * @param indent blanks before all lines but the first
     */
    public static List<String> wrap(final String text, final int width, final int indent) {
        final List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (final String word : text.strip().split(" +")) {
            if (!line.toString().isBlank() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(indent));
            }
            line.append(line.toString().isBlank() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /**
     * {@return a text of at most so many letters: of a longer one its beginning and its end, in which names of C++ and
     * Rust differ}
     *
     * @param text any
     * @param most letters, at least 5
     */
    public static String middle(final String text, final int most) {
        if (text.length() <= most) {
            return text;
        }
        final int end = (most - CUT.length()) / 2;
        return text.substring(0, most - CUT.length() - end) + CUT + text.substring(text.length() - end);
    }
}
