package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code delete}. */
@Command(name = "delete", aliases = {"d", "clear"},
    header = "Remove breakpoints.",
    customSynopsis = "delete [N]...",
    description = {"",
        "Without a number it means all of them."},
    footer = {"", "Examples:",
        "  delete 2",
        "  delete"})
final class DeleteCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        new BreakNumbers(desk()).of(words).forEach(desk().breakpoints()::remove);
    }
}
