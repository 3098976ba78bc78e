package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code reverse-nexti}. */
@Command(name = "reverse-nexti", aliases = "rni",
    header = "Go back by one instruction, over what was called.",
    customSynopsis = "reverse-nexti [N]",
    description = {"",
        "Of the CPU that is looked at; the others have their turns. With N that many times, or until "
            + "something stops it."},
    footer = {"", "Examples:",
        "  reverse-nexti",
        "  rni 10"})
final class ReverseNextiCommand extends StepLike {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    boolean repeats() {
        return true;
    }

    @Override
    public void run() {
        stepping(times(words), stepper -> stepper.instruction(false, true));
    }
}
