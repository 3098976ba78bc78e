package ringside.console.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.ToIntFunction;
import ringside.console.repl.CommandResult;
import ringside.console.repl.Session;
import ringside.console.seat.InterruptKey;

/** Commands that are read line by line, the plain way: from pipes, and at terminals that have no cursor to move. */
final class PlainLines {
    private static final String PROMPT = "(ringside) ";

    private final Terminal terminal;
    private final Session session;
    private final ToIntFunction<CommandResult.Outcome> code;
    private volatile boolean running;

    /**
     * Makes a reader.
     *
     * @param terminal where to read and write
     * @param session  that is worked with; stays open
     * @param code     the exit code of what came of a command
     */
    PlainLines(final Terminal terminal, final Session session, final ToIntFunction<CommandResult.Outcome> code) {
        this.terminal = terminal;
        this.session = session;
        this.code = code;
    }

    /**
     * Reads and does lines until there are no more. Where somebody types them, ^C stops what is being done, and at the
     * prompt the line that was begun, which the terminal forgets by itself.
     *
     * @return the exit code: that of the first line that was not done
     */
    int read() {
        if (!terminal.keyboard()) {
            return lines();
        }
        if (terminal.progress()) {
            session.desk().columns(terminal::columns);
        }
        final InterruptKey key = InterruptKey.taken(this::interrupt);
        try {
            return lines();
        } finally {
            key.close();
        }
    }

    private void interrupt() {
        if (running) {
            session.interrupt();
        } else {
            terminal.out().println();
            prompt();
        }
    }

    private void prompt() {
        if (terminal.progress()) {
            terminal.out().print(PROMPT);
        }
        terminal.out().flush();
    }

    private int lines() {
        final BufferedReader lines = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
        int first = ExitStatus.FINE.code();
        try {
            while (true) {
                prompt();
                final String line = lines.readLine();
                if (line == null) {
                    return first;
                }
                final CommandResult result = perform(line);
                if (!result.ok()) {
                    terminal.out().flush();
                    terminal.err().println(result.problem());
                    first = first == ExitStatus.FINE.code() ? code.applyAsInt(result.outcome()) : first;
                }
                if (result.exit().isPresent()) {
                    return result.exit().getAsInt();
                }
            }
        } catch (final IOException failed) {
            throw new UncheckedIOException("standard input cannot be read", failed);
        }
    }

    private CommandResult perform(final String line) {
        running = true;
        try {
            return session.execute(line);
        } finally {
            running = false;
        }
    }
}
