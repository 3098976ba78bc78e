package ringside.console.repl.command;

import picocli.CommandLine.Command;
import ringside.console.repl.stop.Stepper;

/** {@code reverse-finish}. */
@Command(name = "reverse-finish", aliases = "rf",
    header = "Go back to the call of the running routine.",
    customSynopsis = "reverse-finish",
    description = {"",
        "To the call, SYSCALL or interrupted instruction through which it was entered."},
    footer = {"", "Examples:",
        "  rf"})
final class ReverseFinishCommand extends DeskCommand {
    @Override
    public void run() {
        desk().arrive(new Stepper(guest(), desk().runner(), desk().events()).reverseFinish());
    }
}
