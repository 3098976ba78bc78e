package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pagewalk}. */
@Command(name = "pagewalk", aliases = "pw",
    header = "Show how the page tables translate an address.",
    customSynopsis = "pagewalk EXPR",
    description = {"",
        "Entry by entry, with its flags, as the CPU that is looked at would walk."},
    footer = {"", "Examples:",
        "  pagewalk rip",
        "  pw 0x400000"})
final class PagewalkCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        new PageTables(guest()).walk(guest().value(required("pagewalk", words))).forEach(this::say);
    }
}
