package ringside.console.repl.expression;

/** A text is no expression, or has no value here; the message says why, in one line. */
public final class ExpressionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Refuses an expression.
     *
     * @param message one line for a person
     */
    public ExpressionException(final String message) {
        super(message);
    }
}
