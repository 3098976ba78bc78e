package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.stop.Stepper;

/** {@code reverse-stepi}. */
@Command(name = "reverse-stepi", aliases = "rsi",
    header = "Take one step back.",
    customSynopsis = "reverse-stepi [N]",
    description = {"",
        "Of the CPU that is looked at; the others have their turns. With N that many times, or until "
            + "something stops it."},
    footer = {"", "Examples:",
        "  reverse-stepi",
        "  rsi 10"})
final class ReverseStepiCommand extends StepLike {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    boolean repeats() {
        return true;
    }

    @Override
    public void run() {
        desk().arrive(new Stepper(guest(), desk().runner(), desk().events()).back(times(words)));
    }
}
