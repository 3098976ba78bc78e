package ringside.console.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import ringside.console.gate.GateFile;
import ringside.console.gate.GateReader;
import ringside.console.gate.GateRun;
import ringside.console.gate.GateText;
import ringside.console.gate.GateVerdict;
import ringside.console.history.History;
import ringside.console.history.PastRun;
import ringside.console.history.SourceCommit;
import ringside.console.html.HtmlReport;
import ringside.console.html.ReportContent;
import ringside.emulator.state.WholeFile;
import ringside.fastpath.claim.ClaimBench;
import ringside.fastpath.claim.ClaimList;
import ringside.fastpath.claim.ClaimReport;
import ringside.fastpath.experiment.Progress;
import ringside.fastpath.interleave.ScheduleReader;
import ringside.fastpath.lab.DeclarationReader;
import ringside.fastpath.lab.LabFiles;
import ringside.profiler.gate.BaselineReader;
import ringside.profiler.gate.Measurements;

/** {@code ringside report}: what gates found, to look at. */
@Command(
    name = "report",
    header = "Write what gates find as one HTML file.",
    description = {"",
        "Runs gate files as `check` does and writes a file that any browser shows without a network: the state of each "
            + "path against its baseline, its instructions and what changed in them, numbers from run to run, what "
            + "context switches are made of, messages in shared rings over time, flame graphs, and what documents "
            + "claim. Keys turn its pages (docs/report.md).",
        "", "The exit code is 0 where the file was written, whatever gates say in it, for `check` is what judges; "
            + "1 where an experiment of --claims gave no result, which the file says too."},
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footer = {"", "Examples:",
        "  ringside report                                 gate.toml, as report.html",
        "  ringside report --history runs.db -o out.html   with the runs that check appended",
        "  ringside report --claims                        with all claims, some minutes later"},
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    private static final Path STANDARD = Path.of("gate.toml");
    private static final int MOST_RUNS = 1_000;

    @ParentCommand
    private RingsideCommand ringside;

    @Parameters(paramLabel = "FILE", description = "Gate files; otherwise gate.toml.")
    private List<Path> files = List.of();

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", defaultValue = "report.html",
        description = "Where to; otherwise ${DEFAULT-VALUE}.")
    private Path output;

    @Option(names = "--history", paramLabel = "FILE", description = "The database that `check --history` appended to.")
    private Optional<Path> history = Optional.empty();

    @Option(names = "--title", paramLabel = "TEXT", description = "Of the report; otherwise the gates' titles.")
    private Optional<String> title = Optional.empty();

    @Option(names = "--claims", description = "Run also the experiments that decide claims of the literature.")
    private boolean claims;

    @Mixin
    private OutputFile outputs;

    @Override
    public Integer call() {
        if (files.isEmpty() && !Files.exists(STANDARD)) {
            throw new WrongUseException("no gate file is named, and there is no " + STANDARD + " here (docs/check.md)");
        }
        final List<Path> named = files.isEmpty() ? List.of(STANDARD) : files;
        final List<GateFile> gates = named.stream().map(GateReader::read).toList();
        outputs.require("--output", output, Stream.concat(history.stream(),
            gates.stream().flatMap(GateFile::reads)), HtmlReport::obstacle);
        final List<PastRun> past = history.map(file -> History.read(file, run -> gates.stream().anyMatch(gate ->
            run.isOf(name(gate), gate.title())), MOST_RUNS)).orElse(List.of());
        final Progress progress = BenchCommand.progress(ringside.terminal());
        final List<ReportContent.Gate> content = new ArrayList<>();
        for (final GateFile gate : gates) {
            final GateVerdict verdict = verdict(gate, progress);
            content.add(new ReportContent.Gate(verdict,
                PastRun.of(verdict, SourceCommit.of(gate.directory()), "", Version.current()),
                past.stream().filter(run -> run.isOf(name(gate), gate.title())).toList(),
                ReportGuests.of(gate, progress), ReportGuests.rings(gate, progress)));
        }
        final Optional<ClaimReport> said = claims(progress);
        final String text = HtmlReport.of(new ReportContent(title.orElseGet(() -> gates.stream().map(GateFile::title)
            .collect(Collectors.joining(", "))), Version.current(), content, said));
        WholeFile.write(output, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        final long failed = content.stream().mapToLong(gate -> gate.verdict().comparison().failures().size()).sum();
        final long paths = content.stream().mapToLong(gate -> gate.verdict().comparison().paths().size()).sum();
        ringside.terminal().out().println(output + ": " + GateText.count(paths, "path") + ", " + failed + " failed");
        return said.isEmpty() || said.get().isComplete() ? ExitStatus.FINE.code() : ExitStatus.GUEST_FAILED.code();
    }

    private static String name(final GateFile gate) {
        return gate.file().getFileName().toString();
    }

    private static GateVerdict verdict(final GateFile gate, final Progress progress) {
        final Measurements before = Files.exists(gate.baseline()) ? BaselineReader.read(gate.baseline())
            : new Measurements(new TreeMap<>(), new TreeMap<>());
        final GateRun run = GateRun.of(gate, progress);
        return GateVerdict.of(gate, run, gate.baseline().getFileName().toString(), before);
    }

    private Optional<ClaimReport> claims(final Progress progress) {
        return claims ? Optional.of(ClaimBench.run(ClaimList.shipped(), LabFiles.shipped().stream()
            .map(name -> DeclarationReader.read(LabFiles.shipped(name))).toList(), LabFiles.schedules().stream()
            .map(name -> ScheduleReader.read(LabFiles.findSchedule(name))).toList(), progress)) : Optional.empty();
    }
}
