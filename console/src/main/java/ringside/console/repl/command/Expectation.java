package ringside.console.repl.command;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import ringside.console.repl.expression.Expression;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.guest.Summary;

/** What is expected, held against what is so. */
final class Expectation {
    private static final int MOST_SHOWN = 400;
    /** A pattern of a stranger's may look at so many characters, over and over. */
    private static final int MOST_LOOKS = 20_000_000;

    private final Desk desk;

    Expectation(final Desk desk) {
        this.desk = desk;
    }

    /** Fails unless it is so. */
    void check(final String text) {
        final boolean not = text.startsWith("not ");
        final String what = not ? text.substring("not ".length()).strip() : text;
        final String actual = difference(what, not);
        if (actual != null) {
            throw new FailedExpectationException("expected " + text + ", but " + actual);
        }
    }

    /** {@return what is so instead; {@code null} where it is as expected} */
    private String difference(final String what, final boolean not) {
        if (what.startsWith("\"") || what.startsWith("/")) {
            return isIn(what, desk.lastOutput()) != not ? null : "the last command said " + shown(desk.lastOutput());
        }
        if (what.startsWith("console ")) {
            final String said = desk.guest().said();
            return isIn(what.substring("console ".length()).strip(), said) != not ? null
                : "the guest said " + shown(said);
        }
        if (what.startsWith("stop ")) {
            final String reason = what.substring("stop ".length()).strip();
            return stopped(reason) != not ? null : "it stopped: " + desk.halt().reason()
                + (desk.halt().text().isEmpty() ? "" : ", " + desk.halt().text());
        }
        final long value = Expression.of(what).value(desk.guest());
        return value != 0 != not ? null : "it is " + sides(what, value);
    }

    private boolean stopped(final String reason) {
        final String[] words = reason.split(" +");
        return desk.halt().reason().equals(words[0]) && (words.length == 1 || words.length == 2
            && desk.halt().met().stream().anyMatch(one -> Integer.toString(one.number()).equals(words[1])));
    }

    /** A comparison fails by its sides, so they are shown. */
    private String sides(final String what, final long value) {
        final int at = what.indexOf("==");
        if (at > 0) {
            try {
                return desk.guest().named(desk.guest().value(what.substring(0, at))) + " == "
                    + desk.guest().named(desk.guest().value(what.substring(at + 2)));
            } catch (final RuntimeException notTwoSides) {
                return Long.toString(value);
            }
        }
        return Long.toString(value);
    }

    private static String shown(final String text) {
        if (text.isEmpty()) {
            return "nothing";
        }
        final String end = text.length() > MOST_SHOWN ? "..." + text.substring(text.length() - MOST_SHOWN) : text;
        final StringBuilder lines = new StringBuilder();
        end.lines().forEach(line -> lines.append("\n    ").append(Summary.printable(line)));
        return lines.toString();
    }

    private static boolean isIn(final String wanted, final String text) {
        if (wanted.startsWith("/")) {
            if (wanted.length() < 3 || !wanted.endsWith("/")) {
                throw new RefusedException("a regular expression stands between slashes: " + wanted);
            }
            try {
                return Pattern.compile(wanted.substring(1, wanted.length() - 1), Pattern.MULTILINE)
                    .matcher(new BoundedText(text, MOST_LOOKS)).find();
            } catch (final PatternSyntaxException wrong) {
                throw new RefusedException("no regular expression: " + wrong.getDescription() + ": " + wanted);
            } catch (final StackOverflowError tooDeep) {
                throw new RefusedException("this regular expression takes too much: " + wanted);
            }
        }
        final String plain = DeskCommand.unquoted(wanted);
        if (plain.isEmpty()) {
            throw new RefusedException("an empty text is in every other");
        }
        return text.contains(plain);
    }
}
