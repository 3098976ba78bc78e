package ringside.toolchain.asm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A macro, or the body of a repetition.
 *
 * @param name       as called
 * @param parameters their names, in order
 * @param body       the lines between its head and its end
 */
record Macro(String name, List<String> parameters, List<Line> body) {
    /** Copies the lists. */
    Macro {
        parameters = List.copyOf(parameters);
        body = List.copyOf(body);
    }

    /** {@return the body with arguments in place; {@code %%x} becomes a label of this expansion alone} */
    List<Line> expand(final List<String> arguments, final Line call, final int serial) {
        if (arguments.size() != parameters.size()) {
            throw new Refusal(name + " takes " + parameters.size() + " arguments, and " + arguments.size()
                    + " are given");
        }
        final Map<String, String> values = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            values.put(parameters.get(i), arguments.get(i));
        }
        final List<Line> lines = new ArrayList<>();
        for (final Line line : body) {
            final String text = line.text().indexOf('%') < 0 ? line.text() : substitute(line.text(), values, serial);
            lines.add(new Line(line.source(), text, call));
        }
        return lines;
    }

    private static String substitute(final String text, final Map<String, String> values, final int serial) {
        final StringBuilder result = new StringBuilder();
        char quote = 0;
        int at = 0;
        while (at < text.length()) {
            final char c = text.charAt(at);
            if (quote != 0 || c != '%') {
                if (quote != 0 && c == '\\' && at + 1 < text.length()) {
                    result.append(c);
                    at++;
                } else if (quote != 0 && c == quote) {
                    quote = 0;
                } else if (quote == 0 && (c == '"' || c == '\'')) {
                    quote = c;
                }
                result.append(text.charAt(at));
                at++;
            } else {
                at = parameter(text, at, values, serial, result);
            }
        }
        if (result.length() > Limits.LINE_CHARS) {
            throw new Refusal("a line grows beyond " + Limits.LINE_CHARS + " characters");
        }
        return result.toString();
    }

    /** Replaces {@code %%name}, {@code %{name}} or {@code %name} at {@code at}. {@return the index after it} */
    private static int parameter(final String text, final int at, final Map<String, String> values, final int serial,
            final StringBuilder result) {
        if (text.startsWith("%%", at)) {
            final int end = Lexer.endOfName(text, at + 2);
            if (end > at + 2 && serial > 0) {
                result.append("..@").append(serial).append('.').append(text, at + 2, end);
                return end;
            }
            result.append("%%");
            return at + 2;
        }
        final boolean braces = text.startsWith("%{", at);
        final int start = at + (braces ? 2 : 1);
        int end = start;
        while (end < text.length() && isWord(text.charAt(end))) {
            end++;
        }
        final String value = values.get(text.substring(start, end));
        if (value == null || braces && !text.startsWith("}", end)) {
            result.append('%');
            return at + 1;
        }
        result.append(value);
        return braces ? end + 1 : end;
    }

    static boolean isWord(final char c) {
        return Lexer.continuesName(c) && c != '.' && c != '$' && c != '@';
    }

    /** {@return the arguments of a call: cut at commas outside brackets and quotes; braces around one fall away} */
    static List<String> arguments(final String text) {
        final List<String> arguments = new ArrayList<>();
        int depth = 0;
        char quote = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (quote != 0) {
                if (c == '\\') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '(' || c == '[' || c == '{') {
                depth++;
            } else if (c == ')' || c == ']' || c == '}') {
                depth--;
            } else if (c == ',' && depth == 0) {
                arguments.add(argument(text.substring(start, i)));
                start = i + 1;
            }
        }
        if (!arguments.isEmpty() || !text.isBlank()) {
            arguments.add(argument(text.substring(start)));
        }
        return arguments;
    }

    private static String argument(final String text) {
        final String stripped = text.strip();
        return stripped.startsWith("{") && stripped.endsWith("}")
                ? stripped.substring(1, stripped.length() - 1).strip() : stripped;
    }
}
