package ringside.console.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import ringside.console.report.VerdictJson;
import ringside.console.report.VerdictText;
import ringside.console.verify.InputFile;
import ringside.console.verify.RunnerServer;
import ringside.console.verify.Scenario;
import ringside.console.verify.ScenarioFile;
import ringside.console.verify.Verdict;
import ringside.console.verify.Verification;
import ringside.emulator.device.virtio.DiskImage;
import ringside.emulator.device.virtio.DiskSource;
import ringside.emulator.input.InputLog;
import ringside.emulator.machine.MachineConfig;

/** {@code ringside verify}: the same run twice, the second time in a Java of its own, compared all the way. */
@Command(
    name = "verify",
    header = "Run a guest twice, the second time in a fresh Java, and compare all along.",
    description = {"",
        "Every so many steps the state hashes of both runs are compared, which cover RAM, CPUs, devices and clocks, "
            + "and what went to the serial port. Where they differ, both go back and search the first stop that does.",
        "",
        "Exit code 0 says that both runs were the same, whatever the guest ended with; 4 that they were not.",
        "",
        "IMAGE may be a scenario: a JSON file that names the image and the options below, for instance "
            + "{\"image\": \"kernel.elf\", \"smp\": 2, \"input\": \"keys.jsonl\"}. Its paths are relative to it; "
            + "options beside it take the place of its own."},
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footer = {"", "Examples:",
        "  ringside verify                                Bantam, to its end",
        "  ringside verify kernel.elf --smp 4 --seed 7    a kernel of yours, on four CPUs",
        "  ringside verify kernel.elf --input keys.jsonl  with input that was recorded",
        "  ringside verify scenario.json --interval 1000  a scenario, compared more often"},
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    private static final String SERVE = "--serve";
    private static final Set<String> NOT_IN_FILES = Set.of("serve", "json", "help", "version");

    @ParentCommand
    private RingsideCommand ringside;

    @Spec
    private CommandSpec spec;

    @Mixin
    private GuestOptions guest;

    @Option(names = "--input", paramLabel = "FILE",
        description = "What comes into the serial port, and when: lines of JSON, as `run --record-input` writes them.")
    private Optional<Path> input = Optional.empty();

    @Option(names = "--budget", paramLabel = "N", defaultValue = "10000000000",
        description = "Steps at most; otherwise ${DEFAULT-VALUE}.")
    private long budget;

    @Option(names = "--interval", paramLabel = "N", defaultValue = "1000000",
        description = "Steps between two comparisons; otherwise ${DEFAULT-VALUE}.")
    private long interval;

    @Option(names = "--json", description = "The result as one JSON object.")
    private boolean json;

    @Option(names = SERVE, hidden = true, description = "Be the second run; standard input says what to do.")
    private boolean serve;

    @Override
    public Integer call() {
        final Terminal terminal = ringside.terminal();
        final List<String> arguments = ScenarioArguments.of(spec);
        final Optional<Path> file = guest.file().filter(ScenarioFile::is);
        if (file.isPresent()) {
            return Main.run(terminal,
                ScenarioArguments.with(file.get(), spec, arguments, NOT_IN_FILES, Set.of()).toArray(String[]::new));
        }
        final Scenario scenario = scenario();
        if (serve) {
            return serve(scenario, terminal);
        }
        final List<String> second = new ArrayList<>(arguments);
        second.add(SERVE);
        final Verdict verdict = Verification.run(scenario, SecondJava.command(second), progress(terminal));
        terminal.out().print(json ? VerdictJson.of(verdict, scenario, Version.current())
            : VerdictText.of(verdict, scenario));
        return (verdict.agrees() ? ExitStatus.FINE : ExitStatus.DIVERGED).code();
    }

    private Scenario scenario() {
        if (budget < 1 || interval < 1) {
            throw new WrongUseException((budget < 1 ? "--budget=" + budget : "--interval=" + interval)
                + ": at least 1 step");
        }
        final MachineConfig config = guest.config();
        for (final DiskSource disk : config.disks()) {
            if (disk instanceof DiskImage image && image.mode() == DiskImage.Mode.WRITE_THROUGH) {
                throw new WrongUseException("--disk=" + image.path() + ": two runs cannot both write to a file; "
                    + "add :overlay");
            }
        }
        return new Scenario(guest.image(), config, input.map(InputFile::read).orElse(InputLog.EMPTY), budget,
            interval);
    }

    private static Integer serve(final Scenario scenario, final Terminal terminal) {
        try {
            RunnerServer.serve(scenario, System.in, terminal.out());
            return ExitStatus.FINE.code();
        } catch (final IOException e) {
            throw new UncheckedIOException("the first run is not there any more", e);
        }
    }

    private static Verification.Progress progress(final Terminal terminal) {
        return terminal.progress() ? steps -> terminal.err().println("ringside: both at step " + steps) : steps -> { };
    }
}
