package ringside.console.seat;

import java.util.ArrayList;
import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** A line up to the cursor, as words between blanks, and the part of the last one that completion is about. */
final class TypedLine implements CompletingParsedLine {
    /** What ends a name within an expression. */
    private static final String OPERATORS = "()[]*+=,&|<>!:~^%";

    private final String line;
    private final int cursor;
    private final List<String> words;
    private final String word;

    private TypedLine(final String line, final int cursor) {
        this.line = line;
        this.cursor = cursor;
        words = wordsOf(line.substring(0, cursor));
        final String last = words.getLast();
        int from = last.length();
        while (from > 0 && OPERATORS.indexOf(last.charAt(from - 1)) < 0) {
            from--;
        }
        // A command's own name is taken whole, and so is the name of a file.
        word = words.size() == 1 || last.indexOf('/') >= 0 ? last : last.substring(from);
    }

    static TypedLine of(final String line, final int cursor) {
        return new TypedLine(line, Math.clamp(cursor, 0, line.length()));
    }

    /** {@return what reads lines for JLine: each is whole, and no letter has a meaning but for blanks} */
    static Parser parser() {
        return new Parser() {
            @Override
            public ParsedLine parse(final String line, final int cursor, final ParseContext context) {
                return of(line, cursor);
            }

            @Override
            public boolean isEscapeChar(final char letter) {
                return false;
            }
        };
    }

    private static List<String> wordsOf(final String text) {
        final List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (final char letter : text.toCharArray()) {
            if (letter != ' ' && letter != '\t') {
                word.append(letter);
            } else if (!word.isEmpty()) {
                words.add(word.toString());
                word = new StringBuilder();
            }
        }
        words.add(word.toString());
        return words;
    }

    /** {@return what stands before {@link #word} in the same word: {@code thread=} and the like} */
    String before() {
        return words.getLast().substring(0, words.getLast().length() - word.length());
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public int wordCursor() {
        return word.length();
    }

    @Override
    public int wordIndex() {
        return words.size() - 1;
    }

    @Override
    public List<String> words() {
        return words;
    }

    @Override
    public String line() {
        return line;
    }

    @Override
    public int cursor() {
        return cursor;
    }

    @Override
    public CharSequence escape(final CharSequence candidate, final boolean complete) {
        return candidate;
    }

    @Override
    public int rawWordCursor() {
        return word.length();
    }

    @Override
    public int rawWordLength() {
        return word.length();
    }
}
