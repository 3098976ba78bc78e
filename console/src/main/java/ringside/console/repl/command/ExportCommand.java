package ringside.console.repl.command;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.RefusedException;
import ringside.console.report.ExportFormat;

/** {@code export}. */
@Command(name = "export",
    header = "Write a stretch's profile for another program.",
    customSynopsis = "export FORMAT FILE [STEPS | FROM TO | BOOKMARK]",
    description = {"",
        "FORMAT is perfetto (what happened when), svg (a flame graph), csv (routines), callgrind, pprof, speedscope or "
            + "collapsed, as those of profile --export. The stretch is as in top: with a bookmark alone it is what "
            + "happened since."},
    footer = {"", "Examples:",
        "  export perfetto call.json before-the-call",
        "  export svg flames.svg start +0",
        "  export csv routines.csv 100000"})
final class ExportCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        if (words == null || words.size() < 2) {
            throw new RefusedException("export what, and where to? 'help export' tells");
        }
        final ExportFormat format = ExportFormat.named(words.getFirst()).orElseThrow(() ->
            new RefusedException("'" + words.getFirst() + "' is none of " + ExportFormat.names()));
        final Path file = desk().file(unquoted(words.get(1)));
        new Profiles(desk()).export(format, file, words.subList(2, words.size()));
    }
}
