package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code disable}. */
@Command(name = "disable", aliases = "dis",
    header = "Pass breakpoints by until they are enabled.",
    customSynopsis = "disable [N]...",
    description = {"",
        "Without a number it means all of them."},
    footer = {"", "Examples:",
        "  disable 2",
        "  disable"})
final class DisableCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        new BreakNumbers(desk()).of(words).forEach(one -> one.enable(false));
    }
}
