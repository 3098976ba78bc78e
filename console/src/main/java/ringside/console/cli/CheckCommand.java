package ringside.console.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import ringside.console.gate.GateFile;
import ringside.console.gate.GateReader;
import ringside.console.gate.GateRun;
import ringside.console.gate.GateText;
import ringside.console.gate.GateVerdict;
import ringside.emulator.state.WholeFile;
import ringside.profiler.gate.BaselineReader;
import ringside.profiler.gate.BaselineWriter;
import ringside.profiler.gate.Comparison;
import ringside.profiler.gate.Measurements;

/** {@code ringside check}: the gate. */
@Command(
    name = "check",
    header = "Fail when a path got slower, and name the instruction.",
    description = {"",
        "Measures what gate files name, holds every number against a baseline that is kept beside the sources, and "
            + "says of each path that got worse which instructions are new, gone, moved or dearer, and why "
            + "(docs/check.md).",
        "", "The exit code is 0 where nothing got worse, 1 where a guest or a script failed, 3 for a regression."},
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footer = {"", "Examples:",
        "  ringside check --update            write the baseline for the first time",
        "  ringside check                     hold this tree against it",
        "  ringside check kernel.gate.toml"},
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private static final Path STANDARD = Path.of("gate.toml");

    @ParentCommand
    private RingsideCommand ringside;

    @Parameters(paramLabel = "FILE", description = "Gate files; otherwise gate.toml.")
    private List<Path> files = List.of();

    @Option(names = "--update", description = "Write the numbers of this run into the baseline, and say what changed.")
    private boolean update;

    @Override
    public Integer call() {
        if (files.isEmpty() && !Files.exists(STANDARD)) {
            throw new WrongUseException("no gate file is named, and there is no " + STANDARD + " here (docs/check.md)");
        }
        final List<GateFile> gates =
            (files.isEmpty() ? List.of(STANDARD) : files).stream().map(GateReader::read).toList();
        final List<GateVerdict> verdicts = new ArrayList<>();
        for (final GateFile gate : gates) {
            verdicts.add(verdict(gate));
        }
        for (final GateVerdict verdict : verdicts) {
            ringside.terminal().out().print(GateText.of(verdict, ringside.terminal().columns()));
            if (update) {
                final String text = BaselineWriter.text(verdict.run().measured());
                WholeFile.write(verdict.gate().baseline(), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
            }
        }
        if (!update && verdicts.stream().anyMatch(GateVerdict::regressed)) {
            return ExitStatus.REGRESSION.code();
        }
        return verdicts.stream().allMatch(verdict -> verdict.failedScripts().isEmpty()) ? ExitStatus.FINE.code()
            : ExitStatus.GUEST_FAILED.code();
    }

    private GateVerdict verdict(final GateFile gate) {
        final boolean there = Files.exists(gate.baseline());
        if (!there && !update) {
            throw new WrongUseException(gate.file() + ": there is no baseline yet, " + gate.baseline()
                + "; --update writes one");
        }
        final Measurements before = there ? BaselineReader.read(gate.baseline())
            : new Measurements(new java.util.TreeMap<>(), new java.util.TreeMap<>());
        final GateRun run = GateRun.of(gate, BenchCommand.progress(ringside.terminal()));
        return new GateVerdict(gate, run, gate.baseline().getFileName().toString(),
            Comparison.of(before, run.measured(), gate.policy()));
    }
}
