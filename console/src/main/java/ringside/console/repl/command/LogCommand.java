package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code log}. */
@Command(name = "log",
    header = "Write what was typed so far as a script.",
    customSynopsis = "log FILE",
    description = {"",
        "Lines that were refused are left out. console --script FILE does the same again."},
    footer = {"", "Examples:",
        "  log session.ringside"})
final class LogCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        final int lines = desk().interpreter().save(desk().file(unquoted(required("log", words))));
        say(lines + (lines == 1 ? " line" : " lines"));
    }
}
