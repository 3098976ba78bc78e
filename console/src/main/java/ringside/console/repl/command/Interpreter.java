package ringside.console.repl.command;

import java.nio.file.Path;

/** What executes commands, for commands that execute others. */
public interface Interpreter {
    /**
     * Executes a line.
     *
     * @param line a command
     * @throws ringside.console.repl.guest.RefusedException when it cannot be done
     */
    void execute(String line);

    /**
     * Executes a file of commands.
     *
     * @param file as it was named; relative to the file that includes it
     */
    void include(Path file);

    /**
     * {@return a file that a line names}
     *
     * @param file as it was named; relative to the file of commands that is being executed, if one is
     */
    Path beside(Path file);

    /**
     * Writes what was executed so far as a script.
     *
     * @param file where to
     * @return how many lines
     */
    int save(Path file);
}
