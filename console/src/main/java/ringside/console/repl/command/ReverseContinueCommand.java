package ringside.console.repl.command;

import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code reverse-continue}. */
@Command(name = "reverse-continue", aliases = "rc",
    header = "Go back to the last breakpoint, or to the start.",
    customSynopsis = "reverse-continue",
    description = {"",
        "Stops before the step that a breakpoint or watchpoint is about."},
    footer = {"", "Examples:",
        "  rc",
        "  reverse-continue"})
final class ReverseContinueCommand extends DeskCommand {
    @Override
    boolean repeats() {
        return true;
    }

    @Override
    public void run() {
        desk().arrive(desk().runner().back(Optional.empty()));
    }
}
