package ringside.console.report;

/** An image has no such code; the message says what was asked for, in one line. */
public final class UnknownCodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what there is not.
     *
     * @param message one line for a person
     */
    public UnknownCodeException(final String message) {
        super(message);
    }
}
