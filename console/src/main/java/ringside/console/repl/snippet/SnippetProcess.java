package ringside.console.repl.snippet;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What snippets have in the place of the process: its streams are the console's, and it does not end. */
public final class SnippetProcess {
    private static final PrintStream NOBODY =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    private static final InheritableThreadLocal<PrintStream> OWN = new InheritableThreadLocal<>();
    private static volatile PrintStream out = NOBODY;

    private SnippetProcess() {
    }

    /** Sets who hears what snippets print. */
    static void begin(final PrintStream listener) {
        out = listener;
    }

    /** Sets who hears what this thread prints, and those that it starts, whatever other snippets are begun. */
    static void hear(final PrintStream listener) {
        OWN.set(listener);
    }

    /** Nobody hears it any more. */
    static void end() {
        out = NOBODY;
    }

    /** {@return what {@code System.out} and {@code System.err} are in snippets} */
    public static PrintStream out() {
        final PrintStream own = OWN.get();
        return own == null ? out : own;
    }

    /**
     * Takes the place of {@code System.exit} in snippets.
     *
     * @param code of the process that does not end
     */
    public static void exit(final int code) {
        throw new IllegalStateException("the process does not end with a snippet: 'quit " + code
            + "' ends the session");
    }

    /**
     * Takes the place of {@code exit} and {@code halt} of {@link Runtime} in snippets.
     *
     * @param runtime that was asked
     * @param code    of the process that does not end
     */
    public static void exit(final Runtime runtime, final int code) {
        exit(code);
    }
}
