package ringside.console.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.fastpath.experiment.Variant;
import ringside.toolchain.image.GuestImage;

/** {@code ringside run}: a guest without anything around it; what it sends to COM1 is the command's output. */
@Command(
    name = "run",
    header = "Boot an image with its serial port on standard output.",
    description = {"",
        "The guest is done when it writes 0 to the debug-exit port (0xf4). Anything else it ends with is "
            + "exit code 1 and one line that says what it was: another value, a halt for ever, a triple fault, "
            + "or the end of its budget."},
    parameterListHeading = "%n",
    optionListHeading = "%n",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @ParentCommand
    private RingsideCommand ringside;

    @ArgGroup
    private Guest guest = new Guest();

    @Option(names = "--memory", paramLabel = "SIZE", converter = MemorySize.class, defaultValue = "64M",
        description = "RAM, from 2M to 2G; otherwise ${DEFAULT-VALUE}.")
    private long memory;

    @Option(names = "--append", paramLabel = "TEXT", defaultValue = "",
        description = "The command line that the kernel is handed.")
    private String commandLine;

    @Option(names = "--max-instructions", paramLabel = "N", defaultValue = "10000000000",
        description = "The guest's budget; otherwise ${DEFAULT-VALUE}, so that no guest runs for ever.")
    private long budget;

    @Option(names = "--count", description = "Say at the end, on standard error, what the run took.")
    private boolean count;

    /** Which image: a file, or one of Bantam's. */
    private static final class Guest {
        @Parameters(arity = "0..1", paramLabel = "IMAGE", description = "A PVH or ELF64 image; otherwise Bantam.")
        private Optional<Path> file = Optional.empty();

        @Option(names = "--variant", paramLabel = "NAME",
            description = "Which Bantam: fast-asm (as without it), fast-generated or slow.")
        private Variant variant = Variant.FAST_ASM;
    }

    @Override
    public Integer call() {
        if (budget < 1) {
            throw new WrongUseException("--max-instructions=" + budget + ": a guest needs at least 1");
        }
        final GuestImage image = guest.file.map(GuestImage::read).orElseGet(() -> Bantam.image(guest.variant));
        final PrintStream out = ringside.terminal().out();
        final PrintStream err = ringside.terminal().err();
        try (Machine machine = Machine.boot(config(out), image)) {
            final RunResult result = machine.run(Budget.steps(budget));
            out.flush();
            final ExitStatus status = result.equals(new RunResult.Exited(0))
                ? ExitStatus.FINE : ExitStatus.GUEST_FAILED;
            if (status != ExitStatus.FINE) {
                err.println("ringside: " + describe(result, image));
            }
            if (count) {
                err.println(String.format(Locale.ROOT, "ringside: %d instructions, %d cycles (%s)",
                    machine.instructions(), machine.cycles(), machine.config().timing().id()));
            }
            return status.code();
        }
    }

    private MachineConfig config(final PrintStream out) {
        try {
            return MachineConfig.standard().withMemory(memory).withCommandLine(commandLine)
                .withSerial(value -> {
                    out.write(value);
                    if (value == '\n') {
                        out.flush();
                    }
                });
        } catch (final IllegalArgumentException refused) {
            throw new WrongUseException("--append: " + refused.getMessage());
        }
    }

    private static String describe(final RunResult result, final GuestImage image) {
        return result.describe() + switch (result) {
            case RunResult.Exited _ -> "";
            // The HLT is before this address, which may be the first of something else.
            case RunResult.Halted halted -> place(" (after ", halted.rip() - 1, image);
            case RunResult.BudgetSpent spent -> place(" (", spent.rip(), image);
            case RunResult.TripleFault fault -> place(" (", fault.rip(), image);
            case RunResult.NothingToExecute lost -> place(" (", lost.rip(), image);
        };
    }

    private static String place(final String before, final long rip, final GuestImage image) {
        return image.symbols().at(rip).map(_ -> before + image.symbols().format(rip) + ")").orElse("");
    }
}
