package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.RefusedException;

/** {@code ignore}. */
@Command(name = "ignore",
    header = "Pass a breakpoint by so many times.",
    customSynopsis = "ignore N TIMES",
    footer = {"", "Examples:",
        "  ignore 1 100"})
final class IgnoreCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        if (words == null || words.size() != 2) {
            throw new RefusedException("ignore N TIMES: a breakpoint's number, and how often");
        }
        final long times = guest().value(words.getLast());
        if (times < 0 || times > Integer.MAX_VALUE) {
            throw new RefusedException("from 0 to " + Integer.MAX_VALUE + " times: " + words.getLast());
        }
        new BreakNumbers(desk()).one(words.getFirst()).ignore((int) times);
    }
}
