package ringside.profiler.toml;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Looks for decimal numbers of 19 digits outside texts and comments: of those that fit into 64 bits the parser keeps
 * the last ten digits alone (it takes them for 18 digits at most), and nothing in its result tells.
 */
final class LongNumbers {
    private static final int DIGITS = 19;
    private static final int MARKS = 3;
    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9_]+");

    private final String text;
    private int at;

    private LongNumbers(final String text) {
        this.text = text;
    }

    /** {@return the line of the first one} */
    static OptionalInt line(final String text) {
        return new LongNumbers(text).line();
    }

    private OptionalInt line() {
        while (at < text.length()) {
            final char c = text.charAt(at);
            if (c == '#') {
                skipTo('\n');
            } else if (c == '"' || c == '\'') {
                quoted(c);
            } else if (isOfWord(c)) {
                final int start = at;
                while (at < text.length() && isOfWord(text.charAt(at))) {
                    at++;
                }
                if (isLong(text.substring(start, at))) {
                    return OptionalInt.of(1 + (int) text.substring(0, start).chars().filter(d -> d == '\n').count());
                }
            } else {
                at++;
            }
        }
        return OptionalInt.empty();
    }

    private static boolean isOfWord(final char c) {
        return Character.isLetterOrDigit(c) || "_+-.".indexOf(c) >= 0;
    }

    private static boolean isLong(final String word) {
        return DECIMAL.matcher(word).matches() && word.chars().filter(Character::isDigit).count() == DIGITS;
    }

    private void skipTo(final char end) {
        while (at < text.length() && text.charAt(at) != end) {
            at++;
        }
    }

    /** Three marks end what three began, one what one began, on its line; backslashes count between double ones. */
    private void quoted(final char mark) {
        final String three = String.valueOf(mark).repeat(MARKS);
        final boolean lines = text.startsWith(three, at);
        final String end = lines ? three : String.valueOf(mark);
        at += end.length();
        while (at < text.length() && !text.startsWith(end, at) && (lines || text.charAt(at) != '\n')) {
            at += mark == '"' && text.charAt(at) == '\\' ? 2 : 1;
        }
        at += end.length();
        // Up to two more of the mark belong to the text that three end.
        while (lines && at < text.length() && text.charAt(at) == mark) {
            at++;
        }
    }
}
