package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code switches}. */
@Command(name = "switches",
    header = "Take the context switches of a stretch apart.",
    customSynopsis = "switches [STEPS | FROM TO | BOOKMARK]",
    description = {"",
        "What each kind of switch is made of, as profile --switches shows it. The stretch is as in "
            + "top."},
    footer = {"", "Examples:",
        "  switches",
        "  switches start +0"})
final class SwitchesCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        new Profiles(desk()).switches(words == null ? List.of() : words);
    }
}
