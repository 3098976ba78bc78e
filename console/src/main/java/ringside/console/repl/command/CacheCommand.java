package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cache}. */
@Command(name = "cache",
    header = "Show what a core's caches would hold here.",
    customSynopsis = "cache [EXPR] [model NAME]",
    description = {"",
        "The machine itself has no caches: it is a cycle model, zen4 unless named, that follows the last "
            + "million steps of the CPU that is looked at, from empty caches. With EXPR: where the line of that "
            + "virtual address is. The last cache is shared by all CPUs."},
    footer = {"", "Examples:",
        "  cache",
        "  cache rsp",
        "  cache model skylake"})
final class CacheCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        final ModelWords given = ModelWords.of(words);
        new ModelViews(desk(), given.model()).caches(given.rest());
    }
}
