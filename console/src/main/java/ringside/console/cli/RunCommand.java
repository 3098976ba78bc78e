package ringside.console.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import ringside.console.verify.InputFile;
import ringside.emulator.device.uart.SerialSink;
import ringside.emulator.input.InputRecorder;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.InputSource;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.emulator.snapshot.Snapshot;
import ringside.emulator.snapshot.SnapshotException;
import ringside.emulator.snapshot.SnapshotFile;
import ringside.toolchain.image.GuestImage;

/** {@code ringside run}: a guest without anything around it; what it sends to COM1 is the command's output. */
@Command(
    name = "run",
    header = "Boot a kernel with its serial port on standard output.",
    description = {"",
        "The kernel is an ELF64 or ELF32 file, or any file with a multiboot header that says where it goes. It is "
            + "booted as QEMU's -kernel boots it, by multiboot1 or PVH, or as GRUB does, by multiboot2; it finds ACPI "
            + "and MP tables that tell of the machine.", "",
        "The guest is done when it writes 0 to the debug-exit port (0xf4) or switches the machine off. Anything else "
            + "it ends with is exit code 1 and one line that says what it was: another value, a halt for ever, a "
            + "reset, a triple fault, or the end of its budget.", "",
        "Its serial port hears standard input: each byte when the guest waits for one and has nothing else to do, so "
            + "that the same bytes make the same run. A guest that never waits, but looks again and again, is given "
            + "what is there each time; to have such a run again, record it."},
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footer = {"", "Examples:",
        "  ringside run                                   Bantam",
        "  ringside run --program hello.asm --append hello",
        "  ringside run kernel.elf --append quiet --smp 2",
        "  ringside run kernel.bin --module disk.img:root --memory 256M",
        "  ringside run kernel.elf --boot multiboot2 --count",
        "  ringside run kernel.elf --record-input keys.jsonl",
        "  ringside run --ninep --serial2 tcp:5640",
        "  ringside run kernel.elf --budget 5000000 --save-snapshot booted.snapshot",
        "  ringside run kernel.elf --from-snapshot booted.snapshot"},
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private static final long STEPS_BETWEEN_LOOKS = 10_000_000;

    @ParentCommand
    private RingsideCommand ringside;

    @Mixin
    private GuestOptions guest;

    @Option(names = {"--budget", "--max-instructions"}, paramLabel = "N", defaultValue = "10000000000",
        description = "Steps at most: instructions of all CPUs, exceptions, interrupts and ends of waits; otherwise "
            + "${DEFAULT-VALUE}, so that no guest runs for ever.")
    private long budget;

    @ArgGroup
    private Input input = new Input();

    @Mixin
    private SecondSerial second;

    @Option(names = "--from-snapshot", paramLabel = "FILE",
        description = "Begin where --save-snapshot ended, on a machine with the same options.")
    private Optional<Path> from = Optional.empty();

    @Option(names = "--save-snapshot", paramLabel = "FILE",
        description = "Write down the machine as it is at the end; the end of the budget is a good one then.")
    private Optional<Path> save = Optional.empty();

    @Option(names = "--count", description = "Say at the end, on standard error, what the run took.")
    private boolean count;

    /** Where the serial port's input comes from, instead of standard input when the guest waits. */
    private static final class Input {
        @Option(names = "--input", paramLabel = "FILE",
            description = "Send what FILE holds to the serial port, each byte when it came while it was recorded.")
        private Optional<Path> replayed = Optional.empty();

        @Option(names = "--record-input", paramLabel = "FILE",
            description = "Send each byte of standard input as soon as it is there, and write to FILE what came when.")
        private Optional<Path> recorded = Optional.empty();
    }

    @Mixin
    private OutputFile outputs;

    private boolean started;

    @Override
    public Integer call() {
        input.recorded.ifPresent(file -> outputs.require("--record-input", file, inputs(), InputFile::obstacle));
        second.require(inputs(), outputs);
        if (input.recorded.isPresent() && second.isLive()) {
            throw new WrongUseException("--record-input waits for what is typed and --serial2 for who connects: "
                + "one of them in a run");
        }
        save.ifPresent(file -> outputs.require("--save-snapshot", file, inputs(), SnapshotFile::obstacle));
        final Terminal terminal = ringside.terminal();
        if (input.recorded.isPresent()) {
            final InputRecorder recorder = new InputRecorder(LiveInput.eager(terminal.in(), terminal.out()::flush));
            try {
                return run(recorder);
            } finally {
                // Where no machine ran there is nothing to keep, and what is there stays.
                if (started) {
                    InputFile.write(recorder.log(), input.recorded.get());
                }
            }
        }
        if (input.replayed.isPresent()) {
            return run(InputFile.read(input.replayed.get()).replay());
        }
        // Who waits for a connection cannot wait for a person too.
        return run(second.isLive() ? InputSource.NONE : LiveInput.patient(terminal.in(), terminal.out()::flush));
    }

    /** {@return every file that the run reads} */
    private Stream<Path> inputs() {
        return Stream.concat(guest.inputs(),
            Stream.of(input.replayed, from, second.file()).flatMap(Optional::stream));
    }

    private Integer run(final InputSource source) {
        if (budget < 1) {
            throw new WrongUseException("--budget=" + budget + ": a guest needs at least 1");
        }
        final PrintStream out = ringside.terminal().out();
        final PrintStream err = ringside.terminal().err();
        final MachineConfig config = guest.config().withSerial(serial(out)).withInput(source);
        final GuestImage image = guest.image();
        try {
            return run(second.open(config), image, out, err);
        } finally {
            second.close(started);
        }
    }

    private Integer run(
            final MachineConfig config, final GuestImage image, final PrintStream out, final PrintStream err) {
        try (Machine machine = start(config, image)) {
            started = true;
            second.address().ifPresent(address -> err.println("ringside: COM2 is at " + address));
            final RunResult result = run(machine, out);
            if (isAbandoned(result, out)) {
                return ExitStatus.HOST_FAULT.code();
            }
            save.ifPresent(file -> SnapshotFile.write(machine.snapshot(), file));
            final boolean fine = result.equals(new RunResult.Exited(0)) || result instanceof RunResult.PoweredOff
                || result instanceof RunResult.BudgetSpent && save.isPresent()
                || result instanceof RunResult.Halted && second.isEnded();
            final ExitStatus status = fine ? ExitStatus.FINE : ExitStatus.GUEST_FAILED;
            if (status != ExitStatus.FINE) {
                err.println("ringside: " + awaited(machine, result) + describe(result, image));
            }
            if (count) {
                err.println(String.format(Locale.ROOT, "ringside: %d instructions, %d cycles (%s)",
                    machine.instructions(), machine.cycles(), machine.config().timing().id()));
            }
            return status.code();
        }
    }

    /**
     * Runs to the end, or until nobody takes the output any more and nothing else is wanted: where a run is cut makes
     * no difference to it.
     */
    private RunResult run(final Machine machine, final PrintStream out) {
        long left = budget;
        RunResult result;
        do {
            final long before = machine.steps();
            result = machine.run(Budget.steps(Math.min(left, STEPS_BETWEEN_LOOKS)));
            left -= machine.steps() - before;
        } while (result instanceof RunResult.BudgetSpent && left > 0 && !isAbandoned(result, out));
        return result;
    }

    /** Whether the run was left because its output was all that was wanted, and nobody takes it. */
    private boolean isAbandoned(final RunResult result, final PrintStream out) {
        return result instanceof RunResult.BudgetSpent && save.isEmpty() && out.checkError();
    }

    private Machine start(final MachineConfig config, final GuestImage image) {
        if (from.isEmpty()) {
            return Machine.boot(config, image);
        }
        final Snapshot snapshot = SnapshotFile.read(from.get(), config.memory(), config.disks().size());
        try {
            return Machine.resume(config, image, snapshot);
        } catch (final SnapshotException refused) {
            throw refused.ofFile(from.get().toString());
        }
    }

    /** {@return what shows the serial port's output, line by line} */
    static SerialSink serial(final PrintStream out) {
        return value -> {
            out.write(value);
            if (value == '\n') {
                out.flush();
            }
        };
    }

    private static String awaited(final Machine machine, final RunResult result) {
        final int port = result instanceof RunResult.Halted ? machine.awaitedPort() : 0;
        return port == 0 ? "" : "the guest waits for input at COM" + port + ", and no more comes: ";
    }

    /** {@return what a run ended with, and where in the image} */
    static String describe(final RunResult result, final GuestImage image) {
        return result.describe() + switch (result) {
            case RunResult.Exited _, RunResult.Reset _, RunResult.PoweredOff _ -> "";
            // The HLT is before this address, which may be the first of something else.
            case RunResult.Halted halted -> place(" (after ", halted.rip() - 1, image);
            case RunResult.BudgetSpent spent -> place(" (", spent.rip(), image);
            case RunResult.TripleFault fault -> place(" (", fault.rip(), image);
            case RunResult.NothingToExecute lost -> place(" (", lost.rip(), image);
            case RunResult.EptViolation left -> place(" (", left.rip(), image);
        };
    }

    private static String place(final String before, final long rip, final GuestImage image) {
        return image.symbols().at(rip).map(_ -> before + image.symbols().format(rip) + ")").orElse("");
    }
}
