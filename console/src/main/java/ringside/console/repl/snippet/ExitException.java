package ringside.console.repl.snippet;

/** A snippet asked for the end of the process, which is not its own: it ends, and the process does not. */
public final class ExitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ExitException(final int code) {
        super("System.exit(" + code + ") ends the snippet alone: 'quit " + code + "' ends the session");
    }

    /**
     * Takes the place of {@link System#exit} in snippets.
     *
     * @param code of the process that does not end
     */
    public static void exit(final int code) {
        throw new ExitException(code);
    }

    /**
     * Takes the place of {@link Runtime#exit} and {@link Runtime#halt} in snippets.
     *
     * @param runtime that was asked
     * @param code    of the process that does not end
     */
    public static void exit(final Runtime runtime, final int code) {
        throw new ExitException(code);
    }
}
