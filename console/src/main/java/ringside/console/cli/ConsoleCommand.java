package ringside.console.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import ringside.console.repl.CommandResult;
import ringside.console.repl.JunitReport;
import ringside.console.repl.Session;
import ringside.console.seat.Seat;
import ringside.console.seat.StatePlace;
import ringside.emulator.state.UnwrittenFileException;

/** {@code ringside console}: a guest with its past, and commands that walk through it. */
@Command(
    name = "console",
    header = "Stop, look, and go back: a debugger with the past of the whole machine.",
    description = {"",
        "Boots a kernel as run does and reads commands: break, continue, step, print, x, backtrace, and each of them "
            + "backwards: reverse-continue, reverse-step, who-wrote. 'help' tells which there are (docs/console.md).",
        "", "With --script or -e it does what they say, in the order given, and ends. The exit code is 0, 1 where "
            + "something is not as a script expects it, and 2 where a command is wrong."},
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footer = {"", "Examples:",
        "  ringside console",
        "  ringside console kernel.elf --memory 256M --smp 2",
        "  ringside console -e 'break syscall_entry' -e continue -e backtrace",
        "  ringside console --script first-ipc.ringside --junit report.xml"},
    mixinStandardHelpOptions = true)
final class ConsoleCommand implements Callable<Integer> {
    private static final String PROMPT = "(ringside) ";

    @ParentCommand
    private RingsideCommand ringside;

    @Mixin
    private GuestOptions guest;

    @ArgGroup(multiplicity = "0..*")
    private List<Source> sources = new ArrayList<>();

    @Option(names = "--keep", paramLabel = "DIR",
        description = "Where a script fails: write the machine as it is there to a snapshot file in DIR.")
    private Optional<Path> keep = Optional.empty();

    @Option(names = "--junit", paramLabel = "FILE", description = "Write what came of each script as JUnit's XML.")
    private Optional<Path> junit = Optional.empty();

    @Option(names = {"-i", "--interactive"}, description = "Read commands when scripts and -e are done.")
    private boolean interactive;

    /** Commands that are given at once. */
    private static final class Source {
        @Option(names = "--script", paramLabel = "FILE", description = "Execute a file of commands.")
        private Path script;

        @Option(names = "-e", paramLabel = "COMMAND", description = "Execute a command.")
        private String command;

        Stream<Path> file() {
            return Stream.ofNullable(script);
        }
    }

    private final JunitReport report = new JunitReport();

    @Override
    public Integer call() {
        final Stream<Path> inputs = Stream.concat(guest.inputs(),
            sources.stream().flatMap(Source::file));
        junit.ifPresent(file -> OutputFile.require("--junit", file, inputs));
        final PrintStream out = ringside.terminal().out();
        try (Session session = Session.open(guest.config(), guest.image(), guest.sources())) {
            session.output(out::print);
            final int code = run(session);
            junit.ifPresent(report::write);
            return code;
        }
    }

    private int run(final Session session) {
        for (final Source source : sources) {
            CommandResult result = null;
            if (source.script != null) {
                result = session.script(source.script);
                report.add(source.script.toString(), result);
            }
            if (source.command != null && (result == null || result.ok())) {
                result = session.execute(source.command);
            }
            if (result != null && !result.ok()) {
                return failed(session, source, result);
            }
            if (result != null && result.exit().isPresent()) {
                return result.exit().getAsInt();
            }
        }
        return sources.isEmpty() || interactive ? converse(session) : ExitStatus.FINE.code();
    }

    private int failed(final Session session, final Source source, final CommandResult result) {
        final PrintStream err = ringside.terminal().err();
        ringside.terminal().out().flush();
        err.println("ringside: " + (source.script != null ? "" : source.command + ": ")
            + result.problem());
        if (keep.isPresent()) {
            final String name = source.file().map(Path::getFileName).map(Path::toString).findFirst().orElse("command");
            final Path file = keep.get().resolve(name + ".snapshot");
            // The verdict stands, whatever becomes of the machine.
            try {
                session.saveSnapshot(file);
                err.println("ringside: at " + session.desk().guest().timeline().position()
                    + "; the machine is in " + file);
            } catch (final UnwrittenFileException refused) {
                err.println("ringside: --keep: " + refused.getMessage());
            }
        }
        return code(result.outcome());
    }

    private static int code(final CommandResult.Outcome outcome) {
        return switch (outcome) {
            case DONE -> ExitStatus.FINE.code();
            case FAILED -> ExitStatus.GUEST_FAILED.code();
            case REFUSED -> ExitStatus.WRONG_USE.code();
        };
    }

    private int converse(final Session session) {
        ringside.terminal().out().flush();
        if (ringside.terminal().screen()) {
            final Optional<Seat> seat = Seat.take(session, ringside.terminal().colour(),
                StatePlace.history(System.getenv()));
            if (seat.isPresent()) {
                try (Seat taken = seat.get()) {
                    return taken.sit();
                }
            }
        }
        return read(session);
    }

    /** Reads lines until there are no more: the plain way, for pipes and simple terminals. */
    private int read(final Session session) {
        final Terminal terminal = ringside.terminal();
        final BufferedReader lines = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
        int code = ExitStatus.FINE.code();
        try {
            while (true) {
                if (terminal.progress()) {
                    terminal.out().print(PROMPT);
                }
                terminal.out().flush();
                final String line = lines.readLine();
                if (line == null) {
                    return code;
                }
                final CommandResult result = session.execute(line);
                if (!result.ok()) {
                    terminal.out().flush();
                    terminal.err().println(result.problem());
                    code = code == ExitStatus.FINE.code() ? code(result.outcome()) : code;
                }
                if (result.exit().isPresent()) {
                    return result.exit().getAsInt();
                }
            }
        } catch (final IOException failed) {
            throw new UncheckedIOException("standard input cannot be read", failed);
        }
    }
}
