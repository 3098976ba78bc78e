package ringside.console.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import ringside.console.report.CalibrateJson;
import ringside.console.report.CalibrateTable;
import ringside.profiler.calibrate.Calibration;
import ringside.profiler.calibrate.CalibrationReport;
import ringside.profiler.calibrate.CycleModel;
import ringside.profiler.calibrate.HostCpu;
import ringside.profiler.calibrate.LlvmMca;
import ringside.profiler.calibrate.NativeRunner;
import ringside.profiler.calibrate.ProcessorEstimate;
import ringside.profiler.calibrate.Snippets;
import ringside.profiler.calibrate.UnitCycleModel;
import ringside.profiler.model.Microarchitecture;

/** {@code ringside calibrate}: what small routines take on this host's CPU, and what models say of them. */
@Command(
    name = "calibrate",
    header = "Hold cycle models against this host's CPU.",
    description = {"",
        "Small routines of what kernels do run in the emulated machine, which counts their instructions, and on this",
        "CPU, timed in core cycles. The whole takes a few minutes; a busy host takes longer and measures less."},
    optionListHeading = "%n",
    mixinStandardHelpOptions = true)
final class CalibrateCommand implements Callable<Integer> {
    private static final int MOST_SAMPLES = 10_000;

    @ParentCommand
    private RingsideCommand ringside;

    @Option(names = "--snippet", paramLabel = "NAME", description = "This one alone; may be given again.")
    private List<String> chosen = List.of();

    @Option(names = "--model", paramLabel = "NAME", converter = ModelName.class, defaultValue = "zen4",
        description = "Ask this one, zen4 unless given: a shipped model's name, or a file like theirs; as often as you "
            + "like.")
    private List<Microarchitecture> processors = List.of();

    @Option(names = "--list", description = "List the snippets instead.")
    private boolean list;

    @Option(names = "--samples", paramLabel = "N", defaultValue = "" + NativeRunner.USUAL_SAMPLES,
        description = "Samples of each of the five runs; ${DEFAULT-VALUE} unless given.")
    private int samples;

    @Option(names = "--emulated", description = "Leave this host's CPU out: instruction counts and models alone.")
    private boolean emulated;

    @Option(names = "--json", description = "Every figure as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        final Terminal terminal = ringside.terminal();
        if (samples < 1 || samples > MOST_SAMPLES) {
            throw new WrongUseException("--samples=" + samples + ": it is 1 to " + MOST_SAMPLES);
        }
        final List<String> all = Snippets.names();
        for (final String name : chosen) {
            if (!all.contains(name)) {
                throw new WrongUseException("--snippet: there is no snippet of this name: snippet=" + name);
            }
        }
        final List<String> names = chosen.isEmpty() ? all : chosen.stream().distinct().sorted().toList();
        if (list) {
            names.forEach(name -> terminal.out().printf("%-26s%s%n", name, Snippets.title(name)));
            return ExitStatus.FINE.code();
        }
        final CalibrationReport report = report(names, terminal);
        terminal.out().print(json ? CalibrateJson.of(report, Version.current()) : CalibrateTable.of(report));
        return ExitStatus.FINE.code();
    }

    private CalibrationReport report(final List<String> names, final Terminal terminal) {
        final HostCpu cpu = HostCpu.ofHost();
        final Optional<NativeRunner> runner =
            emulated ? Optional.empty() : Optional.of(NativeRunner.open(cpu, samples));
        final String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        final List<CycleModel> models = Stream.of(Stream.of(new UnitCycleModel()),
            processors.stream().filter(make -> make.hardware().isPresent()).map(ProcessorEstimate::new),
            Stream.of(LlvmMca.find(path, cpu))).<CycleModel>flatMap(model -> model).toList();
        final Consumer<String> progress =
            terminal.progress() ? step -> terminal.err().println("ringside: " + step) : step -> { };
        return new Calibration(models, runner).run(cpu.model(), Snippets.of(names), progress);
    }
}
