package ringside.console.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.ToIntFunction;

/**
 * One command run inside the test's process, and all that it said.
 *
 * @param code the exit code
 * @param out  standard output
 * @param err  standard error
 */
record CommandRun(int code, String out, String err) {
    static CommandRun of(final String... arguments) {
        return typing(InputStream.nullInputStream(), arguments);
    }

    /** A command that finds this on its standard input. */
    static CommandRun typing(final InputStream typed, final String... arguments) {
        return capture(typed, false, terminal -> Main.run(terminal, arguments));
    }

    static CommandRun ofFailure(final boolean debug, final Throwable failure) {
        return capture(InputStream.nullInputStream(), debug, terminal -> Failures.report(terminal, failure).code());
    }

    private static CommandRun capture(
            final InputStream in, final boolean debug, final ToIntFunction<Terminal> command) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        final int code = command.applyAsInt(new Terminal(in,
            new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8),
            false, false, debug, 80));
        return new CommandRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
