package ringside.toolchain.asm;

import java.util.List;
import java.util.Set;

/** Reads an expression with C's operators and precedences. */
final class ExprParser {
    private static final List<Set<String>> LEVELS = List.of(
            Set.of("||"), Set.of("&&"), Set.of("|"), Set.of("^"), Set.of("&"), Set.of("==", "!="),
            Set.of("<", "<=", ">", ">="), Set.of("<<", ">>"), Set.of("+", "-"), Set.of("*", "/", "%"));

    private final Tokens tokens;
    private final Names names;
    private int depth;
    private int terms;

    /** What a name means where it stands. */
    interface Names {
        /** {@return the full name of a label; local names get their scope} */
        String qualify(String name);

        /** {@return a name for the place of the line at hand} */
        String here();
    }

    ExprParser(final Tokens tokens, final Names names) {
        this.tokens = tokens;
        this.names = names;
    }

    Expr parse() {
        if (++depth > Limits.EXPRESSION_DEPTH) {
            throw new Refusal("an expression is nested more than " + Limits.EXPRESSION_DEPTH + " deep");
        }
        final Expr condition = binary(0);
        final Expr result;
        if (tokens.take("?")) {
            final Expr yes = parse();
            tokens.expect(":");
            result = new Expr.Choice(condition, yes, parse());
        } else {
            result = condition;
        }
        depth--;
        return result;
    }

    private Expr binary(final int level) {
        if (level == LEVELS.size()) {
            return unary();
        }
        Expr left = binary(level + 1);
        while (tokens.peek().kind() == Token.Kind.SYMBOL && LEVELS.get(level).contains(tokens.peek().text())) {
            final String operator = tokens.next().text();
            if (++terms > Limits.EXPRESSION_TERMS) {
                throw new Refusal("an expression has more than " + Limits.EXPRESSION_TERMS + " operators");
            }
            left = new Expr.Binary(operator, left, binary(level + 1));
        }
        return left;
    }

    private Expr unary() {
        final Token token = tokens.peek();
        if (token.is("-") || token.is("~") || token.is("!") || token.is("+")) {
            tokens.next();
            if (++depth > Limits.EXPRESSION_DEPTH) {
                throw new Refusal("an expression is nested more than " + Limits.EXPRESSION_DEPTH + " deep");
            }
            final Expr value = unary();
            depth--;
            return token.is("+") ? value : new Expr.Unary(token.text(), value);
        }
        return primary();
    }

    private Expr primary() {
        final Token token = tokens.next();
        switch (token.kind()) {
            case NUMBER:
                return new Expr.Num(token.number());
            case STRING:
                return new Expr.Num(characters(token.text()));
            case NAME:
                return new Expr.Name(names.qualify(token.text()));
            default:
                break;
        }
        if (token.is("$")) {
            return new Expr.Name(names.here());
        }
        if (token.is("(")) {
            final Expr inner = parse();
            tokens.expect(")");
            return inner;
        }
        throw new Refusal("expected a value and found " + Tokens.shown(token));
    }

    /** {@return the bytes of a character constant, the first one lowest} */
    private static long characters(final String bytes) {
        if (bytes.isEmpty() || bytes.length() > Long.BYTES) {
            throw new Refusal("a character constant has 1 to 8 bytes");
        }
        long value = 0;
        for (int i = bytes.length() - 1; i >= 0; i--) {
            value = value << Byte.SIZE | bytes.charAt(i);
        }
        return value;
    }
}
