package ringside.console.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import ringside.console.report.TraceDiffJson;
import ringside.console.report.TraceDiffText;
import ringside.console.report.TraceJson;
import ringside.console.report.TraceText;
import ringside.profiler.trace.Trace;
import ringside.profiler.trace.TraceDiff;

/** {@code ringside trace}: recorded runs, looked at without running anything. */
@Command(
    name = "trace",
    header = "Look at recordings, or compare two, without running anything.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%n",
    footer = {"", "Examples:",
        "  ringside trace show bantam.trace",
        "  ringside trace diff before.trace after.trace"},
    mixinStandardHelpOptions = true,
    subcommands = {TraceCommand.Show.class, TraceCommand.Diff.class})
final class TraceCommand implements Callable<Integer> {
    @ParentCommand
    private RingsideCommand ringside;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final CommandLine line = spec.commandLine();
        line.usage(line.getOut());
        return ExitStatus.FINE.code();
    }

    /** {@code ringside trace show}. */
    @Command(
        name = "show",
        header = "Show what a recording is of, its checkpoints and how often what happened.",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        footer = {"", "Examples:", "  ringside trace show bantam.trace", "  ringside trace show bantam.trace --json"},
        mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @ParentCommand
        private TraceCommand trace;

        @Parameters(paramLabel = "FILE", description = "A trace that 'ringside record' wrote.")
        private Path file;

        @Option(names = "--json", description = "The same as one JSON object.")
        private boolean json;

        @Override
        public Integer call() {
            final Trace read = Trace.read(file);
            trace.ringside.terminal().out().print(json ? TraceJson.of(read, Version.current()) : TraceText.of(read));
            return ExitStatus.FINE.code();
        }
    }

    /** {@code ringside trace diff}. */
    @Command(
        name = "diff",
        header = "Say where two recordings first differ.",
        description = {"",
            "Machines, input, checkpoints and ends are compared, and the events where both have them: those of one "
                + "image as they are, those of two images by the symbols that they pass, wherever these lie. The exit "
                + "code is 4 where there is a difference."},
        parameterListHeading = "%n",
        optionListHeading = "%n",
        footer = {"", "Examples:", "  ringside trace diff before.trace after.trace",
            "  ringside trace diff --json one.trace other.trace"},
        mixinStandardHelpOptions = true)
    static final class Diff implements Callable<Integer> {
        @ParentCommand
        private TraceCommand trace;

        @Parameters(index = "0", paramLabel = "A", description = "A trace.")
        private Path one;

        @Parameters(index = "1", paramLabel = "B", description = "Another trace.")
        private Path other;

        @Option(names = "--json", description = "The same as one JSON object.")
        private boolean json;

        @Override
        public Integer call() {
            final Trace a = Trace.read(one);
            final Trace b = Trace.read(other);
            final TraceDiff diff = TraceDiff.of(a, b);
            trace.ringside.terminal().out().print(json ? TraceDiffJson.of(diff, a, b, Version.current())
                : TraceDiffText.of(diff, a, b));
            return (diff.agrees() ? ExitStatus.FINE : ExitStatus.DIVERGED).code();
        }
    }
}
