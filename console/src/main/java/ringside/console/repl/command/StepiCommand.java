package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

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
final class StepiCommand extends StepLike {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    boolean repeats() {
        return true;
    }

    @Override
    public void run() {
        stepping(times(words), stepper -> stepper.instruction(true, false));
    }
}
