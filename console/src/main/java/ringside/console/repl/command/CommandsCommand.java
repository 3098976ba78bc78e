package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.stop.Breakpoint;

/** {@code commands}. */
@Command(name = "commands",
    header = "Say what is done each time a breakpoint stops.",
    customSynopsis = "commands N COMMAND [; COMMAND]...",
    description = {"",
        "Without commands nothing is done any more. If the last one is continue, the guest goes on."},
    footer = {"", "Examples:",
        "  commands 1 print rdi; continue",
        "  commands 1"})
final class CommandsCommand extends DeskCommand {
    private static final int MOST = 20;

    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        if (words == null) {
            throw new RefusedException("commands N COMMAND [; COMMAND]...: a breakpoint's number, and what to do");
        }
        final Breakpoint one = new BreakNumbers(desk()).one(words.getFirst());
        final List<String> lines = Words.lines(joined(words.subList(1, words.size())));
        if (lines.size() > MOST) {
            throw new RefusedException("at most " + MOST + " commands: " + lines.size());
        }
        one.actions(lines);
    }
}
