package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code reverse-step}. */
@Command(name = "reverse-step", aliases = "rs",
    header = "Go back to where a source line begins, into calls.",
    customSynopsis = "reverse-step [N]",
    description = {"",
        "Where no line is known it is one instruction. Code that Java emitted has lines of Java. With "
            + "N that many times, or until something stops it."},
    footer = {"", "Examples:",
        "  reverse-step",
        "  rs 10"})
final class ReverseStepCommand extends StepLike {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    boolean repeats() {
        return true;
    }

    @Override
    public void run() {
        stepping(times(words), stepper -> stepper.line(false, false));
    }
}
