package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code include}. */
@Command(name = "include", aliases = "source",
    header = "Execute a file of commands.",
    customSynopsis = "include FILE",
    description = {"",
        "A line is a command; # begins a comment. FILE is relative to the file that includes it."},
    footer = {"", "Examples:",
        "  include setup.ringside"})
final class IncludeCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    boolean speaks() {
        return false;
    }

    @Override
    public void run() {
        desk().interpreter().include(desk().file(unquoted(required("include", words))));
    }
}
