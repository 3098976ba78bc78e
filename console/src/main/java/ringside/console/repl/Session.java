package ringside.console.repl;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import ringside.console.repl.command.CommandRunner;
import ringside.console.repl.command.Desk;
import ringside.console.repl.command.FailedExpectationException;
import ringside.console.repl.command.Interpreter;
import ringside.console.repl.command.LogCommand;
import ringside.console.repl.expression.ExpressionException;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.stop.SpentException;
import ringside.console.report.UnknownCodeException;
import ringside.console.verify.RefusedFileException;
import ringside.emulator.input.InputLog;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.snapshot.Snapshot;
import ringside.emulator.snapshot.SnapshotException;
import ringside.emulator.snapshot.SnapshotFile;
import ringside.emulator.state.UnwrittenFileException;
import ringside.emulator.state.WholeFile;
import ringside.emulator.travel.Timeline;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.image.GuestImage;

/**
 * A guest with its past, and commands for it: the engine of the console, of its scripts, and of whoever else passes
 * commands on. A line goes in, its result comes out; nothing is read or written besides.
 *
 * <p>One thread at a time, but for {@link #interrupt}.
 */
public final class Session implements AutoCloseable {
    private static final int MOST_LOGGED = 100_000;

    private final Desk desk;
    private final CommandRunner runner;
    private final Scripts scripts;
    private final List<String> log = new ArrayList<>();

    private Session(final Guest guest) {
        desk = new Desk(guest, new Inside());
        runner = new CommandRunner(desk);
        scripts = new Scripts(this::attempt, line -> desk.out().println("> " + line), () -> desk.exit().isPresent());
    }

    /**
     * Boots a guest; nothing has happened yet.
     *
     * @param config  what the machine is made of; the ends of its first serial port are the session's
     * @param image   what it boots
     * @param sources where the image's line table has its paths from, as far as they are known
     * @return the session; its owner closes it
     */
    public static Session open(final MachineConfig config, final GuestImage image, final SourceTree sources) {
        return open(config, image, sources, InputLog.EMPTY);
    }

    /**
     * Boots a guest that will hear what another one heard; nothing has happened yet.
     *
     * @param config  what the machine is made of; the ends of its first serial port are the session's
     * @param image   what it boots
     * @param sources where the image's line table has its paths from, as far as they are known
     * @param input   what it will hear on its first serial port; what is typed comes behind all of it
     * @return the session; its owner closes it
     */
    public static Session open(final MachineConfig config, final GuestImage image, final SourceTree sources,
            final InputLog input) {
        return new Session(Guest.boot(config, image, sources, input));
    }

    /**
     * Passes commands on to a guest that somebody else has, and who moves in its history as well.
     *
     * @param timeline its history; its owner closes it
     * @param sources  where the image's line table has its paths from, as far as they are known
     * @return the session; its owner closes it before the history
     */
    public static Session over(final Timeline timeline, final SourceTree sources) {
        return new Session(Guest.over(timeline, sources));
    }

    /** {@return what the session works on: the guest, breakpoints, bookmarks, the last stop} */
    public Desk desk() {
        return desk;
    }

    /**
     * Sets who is told at once what commands say.
     *
     * @param sink takes pieces of text
     */
    public void output(final Consumer<String> sink) {
        desk.out().sink(sink);
    }

    /** Refuses commands that read or write the host's files from here on: for commands that come over a line. */
    public void refuseFiles() {
        desk.refuseFiles();
    }

    /**
     * Sets how far the commands from here on may go forward in all; where it is spent they have failed.
     *
     * @param steps at least 1; {@link Long#MAX_VALUE}, as it is at first, for as far as it takes
     */
    public void budget(final long steps) {
        desk.runner().allowance().set(steps);
    }

    /** Has the command that is being done end soon; from any thread. */
    public void interrupt() {
        desk.interrupt();
    }

    /**
     * Does what a line says; an empty one does again what a step before it said. Never throws for what a line says.
     *
     * @param line a command
     * @return what came of it
     */
    public CommandResult execute(final String line) {
        desk.clearInterrupt();
        CommandResult.Outcome outcome = CommandResult.Outcome.DONE;
        String problem = "";
        try {
            attempt(line);
        } catch (final ScriptProblem failed) {
            outcome = failed.outcome();
            problem = failed.getMessage();
        }
        return new CommandResult(outcome, desk.out().take(), problem, exit());
    }

    /**
     * Executes a script.
     *
     * @param file of commands
     * @return what came of it; what its commands said goes to who is told at once, and is the text
     */
    public CommandResult script(final Path file) {
        desk.clearInterrupt();
        CommandResult.Outcome outcome = CommandResult.Outcome.DONE;
        String problem = "";
        try {
            scripts.run(file);
        } catch (final ScriptProblem failed) {
            outcome = failed.outcome();
            problem = failed.getMessage();
        }
        return new CommandResult(outcome, desk.out().take(), problem, exit());
    }

    private OptionalInt exit() {
        return desk.exit();
    }

    /** Does what a line says; what it cannot be done for is a problem of a script's line or of a person's. */
    private void attempt(final String line) {
        try {
            final String done = runner.line(line);
            if (!done.isEmpty() && !done.matches("(log|help|h|\\?|quit|q|exit)\\b.*") && log.size() < MOST_LOGGED
                    && !scripts.running()) {
                log.add(done);
            }
        } catch (final RefusedException | ExpressionException | RefusedFileException | SnapshotException
                | UnwrittenFileException | UnknownCodeException refused) {
            throw new ScriptProblem(CommandResult.Outcome.REFUSED, refused.getMessage());
        } catch (final FailedExpectationException | SpentException failed) {
            throw new ScriptProblem(CommandResult.Outcome.FAILED, failed.getMessage());
        }
    }

    /**
     * Writes down the machine as it is, or as it was where the block begins in which it stands.
     *
     * @param file where to
     * @return the step that it is of
     * @throws UnwrittenFileException when the file system refuses
     */
    public long saveSnapshot(final Path file) {
        final Snapshot base = desk.guest().timeline().base();
        SnapshotFile.write(base, file);
        return base.steps();
    }

    @Override
    public void close() {
        desk.close();
    }

    /** What commands may ask of the session. */
    private final class Inside implements Interpreter {
        @Override
        public void execute(final String line) {
            runner.inner(line);
        }

        @Override
        public void include(final Path file) {
            scripts.run(file);
        }

        @Override
        public Path beside(final Path file) {
            return scripts.beside(file);
        }

        @Override
        public int save(final Path file) {
            WholeFile.write(file, out -> {
                final PrintStream lines = new PrintStream(out, false, StandardCharsets.UTF_8);
                lines.print(LogCommand.FIRST);
                log.forEach(line -> lines.print(line + "\n"));
                lines.flush();
            });
            return log.size();
        }
    }
}
