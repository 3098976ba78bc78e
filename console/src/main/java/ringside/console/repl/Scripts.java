package ringside.console.repl;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import ringside.console.repl.guest.Summary;
import ringside.console.verify.RefusedFileException;
import ringside.console.verify.SmallFile;

/** Files of commands, line by line, and files that they include. */
final class Scripts {
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_LINES = 20_000;
    private static final int DEEPEST = 8;

    private final Consumer<String> command;
    private final Consumer<String> echo;
    private final BooleanSupplier over;
    private final Deque<Path> open = new ArrayDeque<>();

    /**
     * Makes what runs scripts.
     *
     * @param command does what a line says, or throws a {@link ScriptProblem}
     * @param echo    hears each line before it is done
     * @param over    whether the session was told to end
     */
    Scripts(final Consumer<String> command, final Consumer<String> echo, final BooleanSupplier over) {
        this.command = command;
        this.echo = echo;
        this.over = over;
    }

    /** {@return whether a script is being executed} */
    boolean running() {
        return !open.isEmpty();
    }

    /** {@return a file that a line names, relative to the file that is being executed} */
    Path beside(final Path named) {
        return open.isEmpty() || named.isAbsolute() ? named : open.peek().resolveSibling(named);
    }

    /** Executes a file; its name is relative to the file that is being executed. */
    void run(final Path named) {
        final Path file = beside(named);
        if (open.size() == DEEPEST) {
            throw new ScriptProblem(CommandResult.Outcome.REFUSED, file + ": scripts include others "
                + DEEPEST + " deep at most");
        }
        final List<String> lines = read(file);
        open.push(file);
        try {
            for (int i = 0; i < lines.size() && !over.getAsBoolean(); i++) {
                line(file, i + 1, lines.get(i).strip());
            }
        } finally {
            open.pop();
        }
    }

    private static List<String> read(final Path file) {
        final List<String> lines;
        try {
            lines = SmallFile.read(file, MOST_BYTES).lines().toList();
        } catch (final RefusedFileException refused) {
            throw new ScriptProblem(CommandResult.Outcome.REFUSED, refused.getMessage());
        }
        if (lines.size() > MOST_LINES) {
            throw new ScriptProblem(CommandResult.Outcome.REFUSED, file + ": has more than " + MOST_LINES + " lines");
        }
        return lines;
    }

    private void line(final Path file, final int number, final String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        echo.accept(Summary.printable(line));
        try {
            command.accept(line);
        } catch (final ScriptProblem failed) {
            throw failed.at(file + ":" + number + ": " + Summary.printable(line));
        }
    }
}
