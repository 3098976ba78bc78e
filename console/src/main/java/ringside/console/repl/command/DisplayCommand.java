package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.expression.Expression;
import ringside.console.repl.guest.RefusedException;

/** {@code display}. */
@Command(name = "display",
    header = "Show an expression at each stop.",
    customSynopsis = "display [EXPR]",
    description = {"",
        "Without EXPR all are shown now."},
    footer = {"", "Examples:",
        "  display rax",
        "  display u64[rsp]",
        "  display"})
final class DisplayCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        if (words != null) {
            if (desk().displays().size() >= Desk.MOST_NAMES) {
                throw new RefusedException("at most " + Desk.MOST_NAMES + " expressions are shown");
            }
            desk().displays().add(Expression.of(joined(words)));
        }
        desk().showDisplays();
    }
}
