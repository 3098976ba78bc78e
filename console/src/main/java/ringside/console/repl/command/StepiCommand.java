package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.stop.Stepper;

/** {@code stepi}. */
@Command(name = "stepi", aliases = "si",
    header = "Take one step: an instruction or an interruption.",
    customSynopsis = "stepi [N]",
    description = {"",
        "Of the CPU that is looked at; the others have their turns. With N that many times, or until "
            + "something stops it."},
    footer = {"", "Examples:",
        "  stepi",
        "  si 10"})
final class StepiCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    boolean repeats() {
        return true;
    }

    @Override
    public void run() {
        desk().arrive(new Stepper(guest(), desk().runner(), desk().events()).on(times(words)));
    }
}
