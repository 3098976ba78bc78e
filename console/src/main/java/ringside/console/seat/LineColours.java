package ringside.console.seat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import ringside.console.repl.command.CommandTable;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.guest.RegisterView;

/** Shows while a line is typed whether its command is one, and which of its words are names of the guest. */
final class LineColours implements Highlighter {
    private static final Pattern PART = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"?|\\$?[\\w.@]+|\\s+|.");

    private final Guest guest;
    private final List<CommandTable.Entry> own;
    private final Colours colours;

    LineColours(final Guest guest, final List<CommandTable.Entry> own, final Colours colours) {
        this.guest = guest;
        this.own = own;
        this.colours = colours;
    }

    @Override
    public AttributedString highlight(final LineReader reader, final String line) {
        final AttributedStringBuilder text = new AttributedStringBuilder();
        final int begin = line.length() - line.stripLeading().length();
        int end = begin;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
            end++;
        }
        text.append(line.substring(0, begin));
        if (line.startsWith("#", begin)) {
            return text.styled(colours.foreground(AttributedStyle.BRIGHT), line.substring(begin)).toAttributedString();
        }
        final String word = line.substring(begin, end);
        text.styled(colours.foreground(isCommand(word) ? AttributedStyle.GREEN : AttributedStyle.RED), word);
        final Matcher part = PART.matcher(line.substring(end));
        while (part.find()) {
            text.styled(style(part.group()), part.group());
        }
        return text.toAttributedString();
    }

    /** {@return whether a word is a command, or the beginning of one alone} */
    boolean isCommand(final String word) {
        final int slash = word.indexOf('/');
        final String name = slash > 0 ? word.substring(0, slash) : word;
        if (own.stream().anyMatch(entry -> entry.name().equals(name))) {
            return true;
        }
        try {
            return !name.isEmpty() && CommandTable.named(name) != null;
        } catch (final RefusedException none) {
            return false;
        }
    }

    private AttributedStyle style(final String part) {
        if (part.startsWith("\"")) {
            return colours.foreground(AttributedStyle.YELLOW);
        }
        final boolean isName = RegisterView.named(part).isPresent() || guest.image().symbols().byName(part).isPresent();
        return isName ? colours.foreground(AttributedStyle.CYAN) : AttributedStyle.DEFAULT;
    }
}
