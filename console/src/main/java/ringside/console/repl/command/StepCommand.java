package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code step}. */
@Command(name = "step", aliases = "s",
    header = "Go on to another source line, into calls.",
    customSynopsis = "step [N]",
    description = {"",
        "Where no line is known it is one instruction. Code that Java emitted has lines of Java. With "
            + "N that many times, or until something stops it."},
    footer = {"", "Examples:",
        "  step",
        "  s 10"})
final class StepCommand extends StepLike {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    boolean repeats() {
        return true;
    }

    @Override
    public void run() {
        stepping(times(words), stepper -> stepper.line(true, false));
    }
}
