package ringside.console.repl.stop;

/** All that a session may go forward has been gone; the message says how much and where it ended. */
public final class SpentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SpentException(final String message) {
        super(message);
    }
}
