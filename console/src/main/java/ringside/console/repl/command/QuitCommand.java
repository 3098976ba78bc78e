package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.RefusedException;

/** {@code quit}. */
@Command(name = "quit", aliases = {"q", "exit"},
    header = "End the session.",
    customSynopsis = "quit [CODE]",
    description = {"",
        "CODE is the exit code, 0 to 255, and 0 unless given."},
    footer = {"", "Examples:",
        "  quit",
        "  quit 1"})
final class QuitCommand extends DeskCommand {
    private static final int MOST = 255;

    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        final long code = words == null ? 0 : guest().value(joined(words));
        if (code < 0 || code > MOST) {
            throw new RefusedException("an exit code is from 0 to " + MOST + ": " + joined(words));
        }
        desk().exit((int) code);
    }
}
