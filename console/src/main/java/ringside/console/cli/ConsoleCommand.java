package ringside.console.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import ringside.console.repl.JunitReport;
import ringside.console.repl.Session;
import ringside.console.verify.InputFile;
import ringside.console.verify.ScenarioFile;
import ringside.emulator.input.InputLog;
import ringside.toolchain.asm.SourceTree;

/** {@code ringside console}: a guest with its past, and commands that walk through it. */
@Command(
    name = "console",
    header = "Stop, look, and go back: a debugger with the past of the whole machine.",
    description = {"",
        "Boots a kernel as run does and reads commands: break, continue, step, print, x, backtrace, and each of them "
            + "backwards: reverse-continue, reverse-step, who-wrote. 'help' tells which there are (docs/console.md).",
        "", "With --script or -e it does what they say, in the order given, and ends. The exit code is 0, 1 where "
            + "something is not as a script expects it, and 2 where a command is wrong.",
        "", "IMAGE may be a scenario, as verify takes them: its image, its options, and its recorded input, which "
            + "comes in at its places, forward and back. Options beside it take the place of its own."},
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footer = {"", "Examples:",
        "  ringside console",
        "  ringside console kernel.elf --memory 256M --smp 2",
        "  ringside console kernel.elf --input keys.jsonl",
        "  ringside console scenario.json",
        "  ringside console -e 'break syscall_entry' -e continue -e backtrace",
        "  ringside console --script first-ipc.ringside --junit report.xml"},
    mixinStandardHelpOptions = true)
final class ConsoleCommand implements Callable<Integer> {
    private static final Set<String> NOT_IN_FILES =
        Set.of("sources", "script", "keep", "junit", "interactive", "help", "version");

    @ParentCommand
    private RingsideCommand ringside;

    @Spec
    private CommandSpec spec;

    @Mixin
    private GuestOptions guest;

    @ArgGroup(multiplicity = "0..*")
    private List<Sitting.Source> sources = new ArrayList<>();

    @Option(names = "--input", paramLabel = "FILE",
        description = "What comes into the serial port, and when: lines of JSON, as `run --record-input` writes them. "
            + "What is typed at the console comes behind all of it.")
    private Optional<Path> input = Optional.empty();

    @Option(names = "--sources", paramLabel = "DIR",
        description = "Where the image's line table has its paths from; Bantam brings its own.")
    private Optional<Path> texts = Optional.empty();

    @Option(names = "--keep", paramLabel = "DIR",
        description = "Where a script fails: write the machine as it is there to a snapshot file in DIR, and the way "
            + "there to a trace, which 'replay --console' opens. DIR is made where it is missing.")
    private Optional<Path> keep = Optional.empty();

    @Option(names = "--junit", paramLabel = "FILE", description = "Write what came of each script as JUnit's XML.")
    private Optional<Path> junit = Optional.empty();

    @Option(names = "--budget", paramLabel = "N", defaultValue = "10000000000",
        description = "Steps that scripts and -e go forward in all at most, as of run; otherwise ${DEFAULT-VALUE}. "
            + "Where it is spent they have failed.")
    private long budget;

    @Option(names = {"-i", "--interactive"}, description = "Read commands when scripts and -e are done.")
    private boolean interactive;

    @Mixin
    private OutputFile outputs;

    @Override
    public Integer call() {
        final Optional<Path> scenario = guest.file().filter(ScenarioFile::is);
        if (scenario.isPresent()) {
            return Main.run(ringside.terminal(), ScenarioArguments.with(scenario.get(), spec,
                ScenarioArguments.of(spec), NOT_IN_FILES, Set.of("interval")).toArray(String[]::new));
        }
        if (budget < 1) {
            throw new WrongUseException("--budget=" + budget + ": a guest needs at least 1");
        }
        final Stream<Path> inputs = Stream.concat(Stream.concat(guest.inputs(), input.stream()),
            sources.stream().map(Sitting.Source::file).flatMap(Optional::stream));
        junit.ifPresent(file -> outputs.require("--junit", file, inputs, JunitReport::obstacle));
        keep.ifPresent(directory -> kept(directory).require("--keep", sources.stream().map(Sitting.Source::name)
            .distinct().toList()));
        final JunitReport report = new JunitReport("console");
        final SourceTree known = guest.sources();
        final SourceTree given = texts.map(SourceTree::directory).map(tree -> tree.over(known)).orElse(known);
        final InputLog heard = input.map(InputFile::read).orElse(InputLog.EMPTY);
        try (Session session = Session.open(guest.config(), guest.image(), given, heard)) {
            session.budget(budget);
            final int code = new Sitting(ringside.terminal(), session, report, this::keep).work(sources, interactive);
            junit.ifPresent(report::write);
            return code;
        }
    }

    private KeptRun kept(final Path directory) {
        return new KeptRun(directory, outputs, guest.file(), GuestLine.of(spec.commandLine().getParseResult()));
    }

    private void keep(final Session session, final String name, final PrintStream err) {
        keep.ifPresent(directory -> kept(directory).keep(session, name)
            .forEach(line -> err.println(line.startsWith(" ") ? line : "ringside: " + line)));
    }
}
