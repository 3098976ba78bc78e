package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code nexti}. */
@Command(name = "nexti", aliases = "ni",
    header = "Execute one instruction, with all that it calls.",
    customSynopsis = "nexti [N]",
    description = {"",
        "Of the CPU that is looked at; the others have their turns. With N that many times, or until "
            + "something stops it."},
    footer = {"", "Examples:",
        "  nexti",
        "  ni 10"})
final class NextiCommand extends StepLike {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    boolean repeats() {
        return true;
    }

    @Override
    public void run() {
        stepping(times(words), stepper -> stepper.instruction(true, true));
    }
}
