package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code enable}. */
@Command(name = "enable", aliases = "en",
    header = "Stop at breakpoints again.",
    customSynopsis = "enable [N]...",
    description = {"",
        "Without a number it means all of them."},
    footer = {"", "Examples:",
        "  enable 2",
        "  enable"})
final class EnableCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        new BreakNumbers(desk()).of(words).forEach(one -> one.enable(true));
    }
}
