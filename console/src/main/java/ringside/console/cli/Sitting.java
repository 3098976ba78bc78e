package ringside.console.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import ringside.console.repl.CommandResult;
import ringside.console.repl.JunitReport;
import ringside.console.repl.Session;
import ringside.console.seat.Seat;
import ringside.console.seat.StatePlace;

/** What is done with a session: first what the command line says, then what a person or a pipe says. */
final class Sitting {
    private final Terminal terminal;
    private final Session session;
    private final JunitReport report;
    private final Keeping keeping;

    /** Commands that are given at once. */
    static final class Source {
        @Option(names = "--script", paramLabel = "FILE", description = "Execute a file of commands.")
        private Path script;

        @Option(names = "-e", paramLabel = "COMMAND", description = "Execute a command.")
        private String command;

        /** {@return the script, if it is one} */
        Optional<Path> file() {
            return Optional.ofNullable(script);
        }

        /** {@return what stands for it in the names of files that are kept} */
        String name() {
            return file().map(Path::getFileName).map(Path::toString).orElse("command");
        }
    }

    /** Keeps the guest of a script that failed. */
    interface Keeping {
        /**
         * Keeps it, and says where.
         *
         * @param session that failed
         * @param name    of the script's file, or of what stands for it
         * @param err     hears it
         */
        void keep(Session session, String name, PrintStream err);
    }

    /**
     * Sits down.
     *
     * @param terminal where to read and write
     * @param session  that is worked with; stays open
     * @param report   hears what came of scripts
     * @param keeping  keeps the guest where something failed
     */
    Sitting(final Terminal terminal, final Session session, final JunitReport report, final Keeping keeping) {
        this.terminal = terminal;
        this.session = session;
        this.report = report;
        this.keeping = keeping;
    }

    /**
     * Does what is given, and then what is read, if something is to be read.
     *
     * @param sources     given at once, in order
     * @param interactive whether to read commands behind them; without any they are read anyway
     * @return the exit code
     */
    int work(final List<Source> sources, final boolean interactive) {
        session.output(terminal.out()::print);
        for (int i = 0; i < sources.size(); i++) {
            final Source source = sources.get(i);
            CommandResult result = null;
            if (source.script != null) {
                result = session.script(source.script);
                report.add(source.script.toString(), result);
            }
            if (source.command != null && (result == null || result.ok())) {
                result = session.execute(source.command);
            }
            if (result != null && !result.ok()) {
                skip(sources.subList(i + 1, sources.size()), "what came before it failed");
                return failed(source, result);
            }
            if (result != null && result.exit().isPresent()) {
                skip(sources.subList(i + 1, sources.size()), "what came before it ended the console");
                return result.exit().getAsInt();
            }
        }
        session.budget(Long.MAX_VALUE);
        return sources.isEmpty() || interactive ? converse() : ExitStatus.FINE.code();
    }

    private void skip(final List<Source> sources, final String reason) {
        sources.stream().flatMap(source -> source.file().stream())
            .forEach(script -> report.skipped(script.toString(), reason));
    }

    private int failed(final Source source, final CommandResult result) {
        final PrintStream err = terminal.err();
        terminal.out().flush();
        err.println("ringside: " + (source.script != null ? "" : source.command + ": ")
            + result.problem());
        keeping.keep(session, source.name(), err);
        return code(result.outcome());
    }

    private static int code(final CommandResult.Outcome outcome) {
        return switch (outcome) {
            case DONE -> ExitStatus.FINE.code();
            case FAILED -> ExitStatus.GUEST_FAILED.code();
            case REFUSED -> ExitStatus.WRONG_USE.code();
        };
    }

    private int converse() {
        terminal.out().flush();
        if (terminal.screen()) {
            final Optional<Seat> seat = Seat.take(session, terminal.colour(), StatePlace.history(System.getenv()));
            if (seat.isPresent()) {
                try (Seat taken = seat.get()) {
                    return taken.sit();
                }
            }
        }
        return new PlainLines(terminal, session, Sitting::code).read();
    }
}
