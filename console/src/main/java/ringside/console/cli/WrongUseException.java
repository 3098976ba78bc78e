package ringside.console.cli;

/** What the user asked for cannot be done; the message says what was wrong, with {@code name=value}, in one line. */
public final class WrongUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Refuses a request.
     *
     * @param message one line for a person, without the program's name in front
     */
    public WrongUseException(final String message) {
        super(message);
    }
}
