package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code maps}. */
@Command(name = "maps",
    header = "Show which addresses are mapped, with which rights.",
    customSynopsis = "maps [FROM [TO]]",
    description = {"",
        "Ranges of pages that lie side by side, here and in RAM, with the same rights: r, w, x, u for "
            + "user, g for global."},
    footer = {"", "Examples:",
        "  maps",
        "  maps 0x400000 0x800000"})
final class MapsCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        final long from = words == null ? 0 : guest().value(words.getFirst());
        final long to = words == null || words.size() < 2 ? -1 : guest().value(joined(words.subList(1, words.size())));
        new PageTables(guest()).maps(from, to).forEach(this::say);
    }
}
