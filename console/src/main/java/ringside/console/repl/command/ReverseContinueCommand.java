package ringside.console.repl.command;

import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code reverse-continue}. */
@Command(name = "reverse-continue", aliases = "rc",
    header = "Go back to the last breakpoint, or to where the history begins.",
    customSynopsis = "reverse-continue",
    description = {"",
        "Stops before the step that a breakpoint or watchpoint is about."},
    footer = {"", "Examples:",
        "  rc",
        "  watch u64[counter]   # then rc: who wrote it last"})
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
