package ringside.toolchain.asm;

import java.util.List;

/** A cursor over the tokens of a line. */
final class Tokens {
    private final List<Token> tokens;
    private int at;

    Tokens(final String text) {
        this.tokens = Lexer.tokens(text);
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peek(final int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    Token next() {
        final Token token = tokens.get(at);
        if (token.kind() != Token.Kind.END) {
            at++;
        }
        return token;
    }

    boolean atEnd() {
        return peek().kind() == Token.Kind.END;
    }

    /** Steps over a symbol if it is next. */
    boolean take(final String symbol) {
        if (peek().is(symbol)) {
            at++;
            return true;
        }
        return false;
    }

    /** Steps over a word if it is next. */
    boolean takeName(final String name) {
        if (peek().isName(name)) {
            at++;
            return true;
        }
        return false;
    }

    void expect(final String symbol) {
        if (!take(symbol)) {
            throw new Refusal("expected '" + symbol + "' and found " + shown(peek()));
        }
    }

    String expectName(final String what) {
        if (peek().kind() != Token.Kind.NAME) {
            throw new Refusal("expected " + what + " and found " + shown(peek()));
        }
        return next().text();
    }

    String expectString(final String what) {
        if (peek().kind() != Token.Kind.STRING) {
            throw new Refusal("expected " + what + " in quotes and found " + shown(peek()));
        }
        return next().text();
    }

    void expectEnd() {
        if (!atEnd()) {
            throw new Refusal("expected the end of the line and found " + shown(peek()));
        }
    }

    static String shown(final Token token) {
        return token.kind() == Token.Kind.END ? "the end of the line" : "'" + token.text() + "'";
    }
}
