package ringside.console.repl.snippet;

/** A snippet did not do its work; the message is for people. */
public final class SnippetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean ran;

    SnippetException(final boolean ran, final String message) {
        super(message);
        this.ran = ran;
    }

    /** {@return whether it was run: it threw something; otherwise it is no Java, or was stopped} */
    public boolean ran() {
        return ran;
    }
}
