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
    customSynopsis = "export FORMAT [--force] FILE [STEPS | FROM TO | BOOKMARK]",
    description = {"",
        "FORMAT is perfetto (what happened when), svg (a flame graph), csv (routines), callgrind, pprof, speedscope or "
            + "collapsed, as those of profile --export. The stretch is as in top: with a bookmark alone it is what "
            + "happened since. A file that is there and no such profile is replaced with --force only."},
    footer = {"", "Examples:",
        "  export perfetto call.json before-the-call",
        "  export svg flames.svg start +0",
        "  export csv routines.csv 100000"})
final class ExportCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        final int named = words != null && words.size() > 1 && "--force".equals(words.get(1)) ? 3 : 2;
        if (words == null || words.size() < named) {
            throw new RefusedException("export what, and where to? 'help export' tells");
        }
        final ExportFormat format = ExportFormat.named(words.getFirst()).orElseThrow(() ->
            new RefusedException("'" + words.getFirst() + "' is none of " + ExportFormat.names()));
        final Path file = desk().output(words.subList(1, named), format::obstacle);
        new Profiles(desk()).export(format, file, words.subList(named, words.size()));
    }
}
