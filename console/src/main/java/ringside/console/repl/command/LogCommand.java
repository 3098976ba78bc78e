package ringside.console.repl.command;

import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.emulator.state.OwnFile;

/** {@code log}. */
@Command(name = "log",
    header = "Write what was typed so far as a script.",
    customSynopsis = "log [--force] FILE",
    description = {"",
        "Lines that were refused are left out. console --script FILE does the same again. A file that is "
            + "there and no such script is replaced with --force only."},
    footer = {"", "Examples:",
        "  log session.ringside"})
public final class LogCommand extends DeskCommand {
    /** The first line of such scripts. */
    public static final String FIRST = "# What was typed at ringside console.\n";

    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        required("log", words);
        final int lines = desk().interpreter().save(desk().output(words, file -> OwnFile.obstacle(file,
            "a script that log wrote", FIRST.getBytes(StandardCharsets.UTF_8))));
        say(lines + (lines == 1 ? " line" : " lines"));
    }
}
