package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.stop.EventType;

/** {@code help}. */
@Command(name = "help", aliases = {"h", "?"},
    header = "Say what commands there are, or tell of one.",
    customSynopsis = "help [COMMAND | events | expressions]",
    footer = {"", "Examples:",
        "  help",
        "  help break",
        "  help events"})
final class HelpCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        final String what = joined(words);
        if (what.isEmpty()) {
            desk().out().print(CommandTable.overview());
        } else if ("events".equals(what)) {
            EventType.all(guest().image()).forEach(type -> say("  " + type.name() + "  "
                + String.join(" ", type.arguments())));
        } else if ("expressions".equals(what)) {
            desk().out().print(CommandTable.help("print"));
        } else {
            desk().out().print(CommandTable.help(CommandTable.named(what).name()));
        }
    }
}
