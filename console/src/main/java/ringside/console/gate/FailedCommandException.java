package ringside.console.gate;

/** A command of the host's did not end well: the message's first line says which, the others are its last words. */
public final class FailedCommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FailedCommandException(final String message) {
        super(message);
    }
}
