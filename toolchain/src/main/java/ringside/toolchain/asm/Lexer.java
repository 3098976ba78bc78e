package ringside.toolchain.asm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Cuts the text of a line into tokens; knows escapes in quotes and numbers in C's bases, with {@code _} inside. */
final class Lexer {
    private static final List<String> LONG_SYMBOLS = List.of("<<", ">>", "<=", ">=", "==", "!=", "&&", "||");
    private static final String SYMBOLS = "+-*/%&|^~!<>=?:,()[]{}$";
    private static final int BYTE = 0xff;

    private final String text;
    private int at;

    private Lexer(final String text) {
        this.text = text;
    }

    /** {@return the tokens of a line without its comment, an END last} */
    static List<Token> tokens(final String text) {
        final Lexer lexer = new Lexer(text);
        final List<Token> tokens = new ArrayList<>();
        while (lexer.skipBlanks()) {
            tokens.add(lexer.next());
        }
        tokens.add(Token.END);
        return tokens;
    }

    /** {@return the text up to its comment} */
    static String withoutComment(final String text) {
        if (text.indexOf(';') < 0) {
            return text;
        }
        char quote = 0;
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
            } else if (c == ';') {
                return text.substring(0, i);
            }
        }
        return text;
    }

    static boolean startsName(final char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '.';
    }

    static boolean continuesName(final char c) {
        return startsName(c) || c >= '0' && c <= '9' || c == '$' || c == '@';
    }

    /** {@return the index after the name that starts at {@code from}; {@code from} where none does} */
    static int endOfName(final String text, final int from) {
        int end = from;
        if (end < text.length() && startsName(text.charAt(end))) {
            do {
                end++;
            } while (end < text.length() && continuesName(text.charAt(end)));
        }
        return end;
    }

    private boolean skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length();
    }

    private Token next() {
        final char c = text.charAt(at);
        final int start = at;
        if (startsName(c)) {
            at = endOfName(text, at);
            return new Token(Token.Kind.NAME, text.substring(start, at), 0);
        }
        if (c >= '0' && c <= '9') {
            return number();
        }
        if (c == '"' || c == '\'') {
            return new Token(Token.Kind.STRING, string(c), 0);
        }
        for (final String symbol : LONG_SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                at += symbol.length();
                return new Token(Token.Kind.SYMBOL, symbol, 0);
            }
        }
        if (SYMBOLS.indexOf(c) < 0) {
            throw new Refusal("unexpected character '" + printable(c) + "'");
        }
        at++;
        return new Token(Token.Kind.SYMBOL, String.valueOf(c), 0);
    }

    private static String printable(final char c) {
        return c < ' ' || c > '~' ? String.format("\\u%04x", (int) c) : String.valueOf(c);
    }

    private Token number() {
        final int start = at;
        while (at < text.length() && continuesName(text.charAt(at))) {
            at++;
        }
        final String written = text.substring(start, at);
        final String digits = written.replace("_", "");
        try {
            final long value;
            if (digits.startsWith("0x")) {
                value = Long.parseUnsignedLong(digits.substring(2), 16);
            } else if (digits.startsWith("0b")) {
                value = Long.parseUnsignedLong(digits.substring(2), 2);
            } else if (digits.length() > 1 && digits.startsWith("0")) {
                throw new Refusal("a number starts with 0x, 0b or 1 to 9: " + written);
            } else {
                value = Long.parseUnsignedLong(digits);
            }
            return new Token(Token.Kind.NUMBER, written, value);
        } catch (final NumberFormatException e) {
            throw new Refusal("not a number of 64 bits: " + written);
        }
    }

    private String string(final char quote) {
        final StringBuilder bytes = new StringBuilder();
        at++;
        while (at < text.length()) {
            final char c = text.charAt(at);
            if (c == quote) {
                at++;
                return bytes.toString();
            }
            if (c == '\\') {
                bytes.append(escape());
            } else {
                final int end = at + Character.charCount(text.codePointAt(at));
                for (final byte b : text.substring(at, end).getBytes(StandardCharsets.UTF_8)) {
                    bytes.append((char) (b & BYTE));
                }
                at = end;
            }
        }
        throw new Refusal("a quote is not closed");
    }

    private char escape() {
        if (at + 1 >= text.length()) {
            throw new Refusal("a quote is not closed");
        }
        final char c = text.charAt(at + 1);
        at += 2;
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case '0' -> '\0';
            case '\\', '"', '\'' -> c;
            case 'x' -> hexEscape();
            default -> throw new Refusal("unknown escape \\" + printable(c));
        };
    }

    private char hexEscape() {
        if (at + 2 > text.length()) {
            throw new Refusal("\\x takes two hex digits");
        }
        final String digits = text.substring(at, at + 2);
        at += 2;
        try {
            return (char) Integer.parseUnsignedInt(digits, 16);
        } catch (final NumberFormatException e) {
            throw new Refusal("\\x takes two hex digits: " + digits);
        }
    }
}
