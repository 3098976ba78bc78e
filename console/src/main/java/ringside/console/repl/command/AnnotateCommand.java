package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.RefusedException;

/** {@code annotate}. */
@Command(name = "annotate",
    header = "Show how often each instruction ran in a stretch.",
    customSynopsis = "annotate ROUTINE [STEPS | FROM TO | BOOKMARK]",
    description = {"",
        "The stretch is as in top."},
    footer = {"", "Examples:",
        "  annotate ipc_fast_call",
        "  annotate syscall_entry 100000"})
final class AnnotateCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        if (words == null) {
            throw new RefusedException("annotate which routine? 'help annotate' tells");
        }
        new Profiles(desk()).annotate(words.getFirst(), words.subList(1, words.size()));
    }
}
