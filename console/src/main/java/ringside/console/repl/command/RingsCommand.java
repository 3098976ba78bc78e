package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rings}. */
@Command(name = "rings",
    header = "Show shared rings: who put and took how much.",
    customSynopsis = {"rings [RING [history [--last N] [--from POSITION] [--to POSITION]]]",
        "rings history [--last N] [--from POSITION] [--to POSITION]"},
    description = {"",
        "Without RING all rings that were used before this place, found by going through the history "
            + "once more; 0x1000#2 is the second one that was at 0x1000. RING is an end: PROCESS:ADDRESS, or its "
            + "address in the address space that is looked at. Its indices and messages are shown. history: who put "
            + "and took each message, with its index, how many were in the ring then, and its first words, and who "
            + "was about to wait. There RING may be a physical address as well."},
    footer = {"", "Examples:",
        "  rings",
        "  rings rdi",
        "  rings history",
        "  rings 0xbf9e00 history --last 100"})
final class RingsCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        final RingTables tables = new RingTables(desk());
        final PastTable past = PastTable.of(desk(), words);
        if (past.isAsked()) {
            tables.past(past);
        } else if (words == null) {
            tables.all();
        } else {
            tables.one(joined(words));
        }
    }
}
