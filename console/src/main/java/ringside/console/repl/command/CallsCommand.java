package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code calls}. */
@Command(name = "calls",
    header = "Count system calls of a stretch, by who made them.",
    customSynopsis = "calls [STEPS | FROM TO | BOOKMARK]",
    description = {"",
        "To whom they went, how often, what came of them and what they took, as profile --calls shows "
            + "it. The stretch is as in top."},
    footer = {"", "Examples:",
        "  calls",
        "  calls start +0"})
final class CallsCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        new Profiles(desk()).calls(words == null ? List.of() : words);
    }
}
