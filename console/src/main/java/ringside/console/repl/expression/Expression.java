package ringside.console.repl.expression;

import java.util.Objects;

/**
 * An expression: 64-bit numbers without signs, and operators as C has them. Division and comparisons take numbers as
 * unsigned; what is true is 1.
 */
public final class Expression {
    private final String text;
    private final Node root;

    private Expression(final String text, final Node root) {
        this.text = Objects.requireNonNull(text, "text");
        this.root = root;
    }

    /**
     * {@return the expression that a text is}
     *
     * @param text all of it
     * @throws ExpressionException when it is none
     */
    public static Expression of(final String text) {
        return new Expression(text.strip(), new ExpressionParser(text).whole());
    }

    /**
     * {@return its value}
     *
     * @param scope says what its names and addresses mean
     * @throws ExpressionException when it has none
     */
    public long value(final Scope scope) {
        return root.value(scope);
    }

    /**
     * {@return the same with another text for people}
     *
     * @param other that stands for it, empty where nothing is to be said of it
     */
    public Expression saidAs(final String other) {
        return new Expression(other, root);
    }

    /** {@return the text} */
    @Override
    public String toString() {
        return text;
    }

    /** A part of it. */
    interface Node {
        long value(Scope scope);
    }
}
