package ringside.console.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import ringside.console.verify.InputFile;
import ringside.emulator.input.InputRecorder;
import ringside.emulator.machine.InputSource;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.profiler.replay.Recording;
import ringside.profiler.trace.TraceWriter;
import ringside.toolchain.image.GuestImage;

/** {@code ringside record}: a run whose course is written down. */
@Command(
    name = "record",
    header = "Boot a kernel as run does, and write down what is needed to have the run again.",
    description = {"",
        "The trace holds which image in which machine, what came into the serial port and when, the state's hash every "
            + "so many steps, registers more often, and how often what happened. It is FILE.partial until the run is "
            + "over; of a recording that is killed that file stays, whole up to its last checkpoint.", "",
        "'ringside replay FILE' runs it again and says where it is another run, 'ringside trace' looks at it."},
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footer = {"", "Examples:",
        "  ringside record -o bantam.trace                     Bantam",
        "  ringside record kernel.elf --smp 4 --seed 7 -o kernel.trace",
        "  ringside record kernel.elf --input keys.jsonl -o keys.trace",
        "  ringside record --events --budget 5000000 -o boot.trace"},
    mixinStandardHelpOptions = true)
final class RecordCommand implements Callable<Integer> {
    private static final long LEAST_INTERVAL = 1000;

    @ParentCommand
    private RingsideCommand ringside;

    @Spec
    private CommandSpec spec;

    @Mixin
    private GuestOptions guest;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", required = true, description = "Where the trace will be.")
    private Path file;

    @Option(names = "--budget", paramLabel = "N", defaultValue = "10000000000",
        description = "Steps at most, as of run; otherwise ${DEFAULT-VALUE}. Its end is a good one here.")
    private long budget;

    @Option(names = "--checkpoint", paramLabel = "N", defaultValue = "" + Recording.INTERVAL,
        description = "Steps from one state hash to the next, at least 1000; otherwise ${DEFAULT-VALUE}.")
    private long interval;

    @Option(names = "--events", description = "Write down every block and event too: replay then finds the first "
        + "difference by the step.")
    private boolean events;

    @Option(names = "--input", paramLabel = "FILE",
        description = "Send what FILE holds to the serial port instead of standard input, as 'run --input' does.")
    private Optional<Path> replayed = Optional.empty();

    @Mixin
    private OutputFile outputs;

    @Override
    public Integer call() {
        if (budget < 1) {
            throw new WrongUseException("--budget=" + budget + ": a guest needs at least 1");
        }
        if (interval < LEAST_INTERVAL) {
            throw new WrongUseException("--checkpoint=" + interval + ": at least " + LEAST_INTERVAL + " steps");
        }
        outputs.require("--output", file, Stream.concat(guest.inputs(), replayed.stream()), TraceWriter::obstacle);
        final Terminal terminal = ringside.terminal();
        final InputSource source = replayed.isPresent() ? InputFile.read(replayed.get()).replay()
            : LiveInput.patient(terminal.in(), terminal.out()::flush);
        final InputRecorder recorder = new InputRecorder(source);
        final MachineConfig config = GuestLine.requireKept(guest.config())
            .withSerial(RunCommand.serial(terminal.out())).withInput(recorder);
        final GuestImage image = guest.image();
        final Recording.Plan plan = new Recording.Plan(Version.current(), guest.file(),
            GuestLine.of(spec.commandLine().getParseResult()), interval, events);
        try (Machine machine = Machine.boot(config, image);
                Recording recording = Recording.begin(machine, recorder, file, plan)) {
            return record(machine, recording, terminal.out(), terminal.err());
        }
    }

    private int record(
            final Machine machine, final Recording recording, final PrintStream out, final PrintStream err) {
        final RunResult result = recording.run(budget, () -> true);
        out.flush();
        final boolean fine = result.equals(new RunResult.Exited(0)) || result instanceof RunResult.PoweredOff
            || result instanceof RunResult.BudgetSpent;
        if (!fine) {
            err.println("ringside: " + RunCommand.describe(result, machine.image()));
        }
        err.println(String.format(Locale.ROOT, "ringside: %s: %d steps in %d bytes", file, machine.steps(),
            recording.written()));
        return (fine ? ExitStatus.FINE : ExitStatus.GUEST_FAILED).code();
    }
}
