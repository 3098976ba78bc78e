package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code top}. */
@Command(name = "top",
    header = "Show where the cycles of a stretch went.",
    customSynopsis = "top [STEPS | FROM TO | BOOKMARK]",
    description = {"",
        "Of the next STEPS, 1000000 unless given, between two positions or bookmarks, or since a bookmark. The guest "
            + "stays where it is. By routine, entry, phase, thread and address space, as ringside profile "
            + "shows it."},
    footer = {"", "Examples:",
        "  top 100000",
        "  top before-the-call after-it"})
final class TopCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        new Profiles(desk()).top(words == null ? List.of() : words);
    }
}
