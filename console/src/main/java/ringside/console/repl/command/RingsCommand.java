package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rings}. */
@Command(name = "rings",
    header = "Show shared rings: who put and took how much.",
    customSynopsis = "rings [EXPR]",
    description = {"",
        "Without EXPR all rings that were used before this place, found by going through the history "
            + "once more. EXPR is the address of an end in the address space that is looked at: its indices "
            + "and messages are shown."},
    footer = {"", "Examples:",
        "  rings",
        "  rings rdi"})
final class RingsCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        final RingTables tables = new RingTables(desk());
        if (words == null) {
            tables.all();
        } else {
            tables.one(guest().value(joined(words)));
        }
    }
}
