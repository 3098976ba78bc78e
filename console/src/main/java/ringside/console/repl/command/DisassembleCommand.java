package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code disassemble}. */
@Command(name = "disassemble", aliases = "disas",
    header = "Show code in memory, with the source that made it.",
    customSynopsis = "disassemble [WHAT | FROM..TO]",
    description = {"",
        "WHAT is a symbol or an address within a routine; otherwise the routine that runs. An arrow "
            + "stands at the instruction that comes next."},
    footer = {"", "Examples:",
        "  disassemble",
        "  disassemble syscall_entry",
        "  disas rip..rip+32"})
final class DisassembleCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        new CodeListing(desk()).show(joined(words));
    }
}
