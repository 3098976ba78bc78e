package ringside.console.gate;

/** Another revision could not be measured. The message has its files as git names them, {@code REV:path}. */
public final class RevisionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RevisionException(final String message, final RuntimeException cause) {
        super(message, cause);
    }
}
