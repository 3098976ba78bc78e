package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code echo}. */
@Command(name = "echo",
    header = "Say a text.",
    customSynopsis = "echo TEXT",
    footer = {"", "Examples:",
        "  echo now the second call"})
final class EchoCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        say(unquoted(joined(words)));
    }
}
