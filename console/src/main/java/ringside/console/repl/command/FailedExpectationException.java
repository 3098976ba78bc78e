package ringside.console.repl.command;

/** Something that was expected is not so; the message says what is. */
public final class FailedExpectationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what is not as expected.
     *
     * @param message one line, or some where a text is shown
     */
    public FailedExpectationException(final String message) {
        super(message);
    }
}
