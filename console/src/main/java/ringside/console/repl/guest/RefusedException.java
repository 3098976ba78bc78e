package ringside.console.repl.guest;

/** A command cannot be done as it was given; the message says why, in one line. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Refuses a command.
     *
     * @param message one line for a person
     */
    public RefusedException(final String message) {
        super(message);
    }
}
