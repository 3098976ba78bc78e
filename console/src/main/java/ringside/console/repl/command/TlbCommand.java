package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.RefusedException;

/** {@code tlb}. */
@Command(name = "tlb",
    header = "Show what a core's TLBs would hold here.",
    customSynopsis = "tlb [all] [model NAME]",
    description = {"",
        "The machine itself has no such TLBs: it is a cycle model, zen4 unless named, that follows the "
            + "last million steps of the CPU that is looked at, from empty ones. Shown are the pages of the "
            + "first level, 20 of them; with all those of every level. What the page tables say: pagewalk, maps."},
    footer = {"", "Examples:",
        "  tlb",
        "  tlb all model icelake"})
final class TlbCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        final ModelWords given = ModelWords.of(words);
        if (!List.of("", "all").contains(given.rest())) {
            throw new RefusedException("tlb, or tlb all: " + given.rest());
        }
        new ModelViews(desk(), given.model()).tlbs("all".equals(given.rest()));
    }
}
