package ringside.console.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What {@code ringside} does without a command: says which commands there are, and which three to try first. */
@Command(
    name = "ringside",
    usageHelpWidth = 100,
    header = "Ringside: a laboratory for microkernel fast paths.%n",
    synopsisSubcommandLabel = "COMMAND",
    descriptionHeading = "%nTry these three first:%n",
    description = {
        "  ringside bench                 what a system call and an IPC call cost, and where it goes",
        "  ringside run                   boot Bantam with its serial port on standard output",
        "  ringside disasm syscall_entry  a routine of the kernel, with the source that made it"},
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%n",
    footer = "Exit codes: 0 fine, 1 the guest failed, 2 wrong use, 3 regression, 4 replay diverged, 5 host fault.",
    mixinStandardHelpOptions = true,
    subcommands = {BenchCommand.class, RunCommand.class, DisasmCommand.class,
        VerifyCommand.class, ProfileCommand.class, CalibrateCommand.class, InterleaveCommand.class,
        CheckCommand.class, ReportCommand.class, GdbCommand.class, ConsoleCommand.class, RecordCommand.class,
        ReplayCommand.class, TraceCommand.class},
    versionProvider = Version.class)
final class RingsideCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    RingsideCommand(final Terminal terminal) {
        this.terminal = Objects.requireNonNull(terminal, "terminal");
    }

    /** {@return where this command and its subcommands write} */
    Terminal terminal() {
        return terminal;
    }

    @Override
    public Integer call() {
        final CommandLine line = spec.commandLine();
        line.usage(line.getOut());
        return ExitStatus.FINE.code();
    }
}
