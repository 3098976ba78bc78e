package ringside.console.repl.command;

import picocli.CommandLine.Command;
import ringside.console.repl.stop.Stepper;

/** {@code finish}. */
@Command(name = "finish", aliases = "fin",
    header = "Run on to where the running routine comes back to.",
    customSynopsis = "finish",
    description = {"",
        "Who called it is found in the history: no frame pointers are needed. A routine that was "
            + "entered by SYSCALL comes back to the user, a handler to what it interrupted."},
    footer = {"", "Examples:",
        "  finish"})
final class FinishCommand extends DeskCommand {
    @Override
    public void run() {
        desk().arrive(new Stepper(guest(), desk().runner(), desk().events()).finish());
    }
}
