package ringside.console.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import ringside.console.report.AnnotatedListing;
import ringside.console.report.CallJson;
import ringside.console.report.CallText;
import ringside.console.report.Disassembly;
import ringside.console.report.ExportFormat;
import ringside.console.report.Listing;
import ringside.console.report.ProfileDiff;
import ringside.console.report.ProfileDiffJson;
import ringside.console.report.ProfileDiffText;
import ringside.console.report.ProfileJson;
import ringside.console.report.ProfileText;
import ringside.console.report.RollUp;
import ringside.console.report.SourceTexts;
import ringside.console.report.SwitchJson;
import ringside.console.report.SwitchText;
import ringside.console.verify.InputFile;
import ringside.console.verify.ScenarioFile;
import ringside.emulator.machine.InputSource;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.fastpath.experiment.Variant;
import ringside.profiler.export.PerfettoRecorder;
import ringside.profiler.model.Microarchitecture;
import ringside.profiler.profile.InstructionCost;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.ImageSymbol;

/** {@code ringside profile}: where a run's instructions and cycles went. */
@Command(
    name = "profile",
    header = "Run a guest and say where its instructions and cycles went.",
    description = {"",
        "Every instruction is counted, none is sampled: by routine, source line, phase, thread, CPU, address "
            + "space and what the kernel was entered for; with --model zen4 also by what cycles are due to, a cache "
            + "miss or a mispredicted branch for instance. Each table adds up to the CPUs' clocks, idle time included. "
            + "Instructions are facts; cycles are those of the cycle model that stands beside them.", "",
        "What the guest sends to its serial port is not shown. It ends as with `run`, with the same exit codes; the "
            + "profile is complete up to there. IMAGE may be a scenario, as for `verify`."},
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footer = {"", "Examples:",
        "  ringside profile                           Bantam's routines by cost",
        "  ringside profile --annotate ipc_fast_call  a routine, by instruction",
        "  ringside profile --model zen4              as a Zen 4 would take it, and why",
        "  ringside profile --model zen4 --by cause   what the cycles are due to",
        "  ringside profile --switches --model zen4   what context switches are made of",
        "  ringside profile --calls --errors          which system calls failed, of whom",
        "  ringside profile kernel.elf --smp 2 --top=40",
        "  ringside profile kernel.elf --lines --sources src",
        "  ringside profile --tree --export svg=flames.svg",
        "  ringside profile --export callgrind=callgrind.out",
        "  ringside profile --diff slow               Bantam without its fast path",
        "  ringside profile scenario.json --budget 5000000"},
    mixinStandardHelpOptions = true)
final class ProfileCommand implements Callable<Integer> {
    private static final Set<String> NOT_IN_FILES = Set.of("json", "help", "version", "force");
    private static final String TOP = "20";

    @ParentCommand
    private RingsideCommand ringside;

    @Spec
    private CommandSpec spec;

    @Mixin
    private GuestOptions guest;

    @Option(names = "--input", paramLabel = "FILE",
        description = "Send what FILE holds to the serial port, each byte when it came while it was recorded.")
    private Optional<Path> input = Optional.empty();

    @Option(names = "--budget", paramLabel = "N", defaultValue = "10000000000",
        description = "Steps at most; otherwise ${DEFAULT-VALUE}.")
    private long budget;

    @Option(names = "--from-snapshot", paramLabel = "FILE",
        description = "Begin where `run --save-snapshot` ended, on a machine with the same options.")
    private Optional<Path> from = Optional.empty();

    @Option(names = "--top", paramLabel = "N", arity = "0..1", defaultValue = TOP, fallbackValue = TOP,
        description = "Tables by routine and by all else, which are shown without other options; N rows at most, "
            + "of them and of other tables; otherwise ${DEFAULT-VALUE}.")
    private int top;

    @Option(names = "--by", paramLabel = "WHAT", converter = RollUpName.class,
        description = "One table: by routine, line, phase, thread, entry, space, cpu or cause; with --json this table "
            + "alone.")
    private Optional<RollUp> by = Optional.empty();

    @Option(names = "--lines", description = "A table by source line, as --by=line.")
    private boolean lines;

    @Option(names = "--tree", description = "Who called whom, through switches between threads; the "
        + "dearest N calls.")
    private boolean tree;

    @Option(names = "--switches", description = "Context switches by CPU and by what the kernel was entered for, each "
        + "taken apart: entry, save, scheduling, service, address space, restore, return, and the misses after it. "
        + "With --json as an object.")
    private boolean switches;

    @Option(names = "--calls", description = "System calls by the thread that made them, by call, by the thread that "
        + "their message went to, and by result, with the time that each took. With --json as an object.")
    private boolean systemCalls;

    @Option(names = "--errors", description = "With --calls: only those that failed.")
    private boolean errors;

    @Option(names = "--annotate", paramLabel = "SYMBOL",
        description = "The instructions of a routine with what each took; * stands for any letters; as often as you "
            + "like, the dearest routine first.")
    private List<String> annotate = List.of();

    @Option(names = "--diff", paramLabel = "OTHER",
        description = "What changes when this runs instead: an image, or a variant of Bantam. By routine, and by "
            + "instruction: added, removed, of another cost.")
    private Optional<String> diff = Optional.empty();

    @Option(names = "--model", paramLabel = "NAME", converter = ModelName.class,
        description = "Whose cycles to count: zen4, zen4-caches, skylake, icelake, or a file like theirs; otherwise "
            + "unit, one cycle an instruction.")
    private Optional<Microarchitecture> model = Optional.empty();

    @Option(names = "--json", description = "Every count as one JSON object.")
    private boolean json;

    @Option(names = "--export", paramLabel = "FORMAT=FILE",
        description = "Write it for another program as well, as often as you like: callgrind, pprof, speedscope, "
            + "collapsed (stacks), svg (flame graph), perfetto (what happened when), csv (routines).")
    private Map<String, Path> exports = Map.of();

    @Mixin
    private OutputFile outputs;

    @Option(names = "--sources", paramLabel = "DIR",
        description = "Where the image's line table has its paths from; Bantam brings its own.")
    private Optional<Path> sources = Optional.empty();

    private Optional<Microarchitecture> processor() {
        return model.filter(make -> make.hardware().isPresent());
    }

    @Override
    public Integer call() {
        final Optional<Path> file = guest.file().filter(ScenarioFile::is);
        if (file.isPresent()) {
            requireExports();
            return Main.run(ringside.terminal(), ScenarioArguments.with(file.get(), spec, ScenarioArguments.of(spec),
                NOT_IN_FILES, Set.of("interval")).toArray(String[]::new));
        }
        check();
        final MachineConfig config = guest.config().withInput(replay());
        final GuestImage image = guest.image();
        if (systemCalls) {
            return systemCalls(CallRun.of(config, image, from, budget, processor()));
        }
        if (switches) {
            return switches(SwitchRun.of(config, image, from, budget, processor()));
        }
        final Optional<GuestImage> other = diff.map(ProfileCommand::image);
        final boolean calls = tree || !exports.isEmpty() || by.filter(RollUp.THREAD::equals).isPresent();
        final ProfiledRun run = ProfiledRun.of(config, image, from, budget, calls,
            exports.containsKey(ExportFormat.PERFETTO.toString()), processor());
        for (final Map.Entry<String, Path> export : exports.entrySet()) {
            ProfileExport.write(ProfileExport.named(export.getKey()), run, export.getValue());
        }
        final Terminal terminal = ringside.terminal();
        run.trace().filter(trace -> trace.dropped() > 0).ifPresent(trace -> terminal.err().println("ringside: "
            + trace.dropped() + " events beyond the first " + PerfettoRecorder.MOST_EVENTS
            + " are not in the perfetto file"));
        if (other.isPresent()) {
            final ProfiledRun second = ProfiledRun.of(guest.config().withInput(replay()), other.get(), Optional.empty(),
                budget, false, false, processor());
            final ProfileDiff difference = ProfileDiff.of(side(run), side(second));
            terminal.out().print(json ? ProfileDiffJson.of(difference, Version.current())
                : ProfileDiffText.of(difference, top, terminal.columns()));
            return Math.max(end(run), end(second));
        }
        terminal.out().print(text(run));
        return end(run);
    }

    private InputSource replay() {
        return input.map(log -> InputFile.read(log).replay()).orElse(InputSource.NONE);
    }

    private int switches(final SwitchRun run) {
        ringside.terminal().out().print(json
            ? SwitchJson.of(run.groups(), run.image(), run.model(), Version.current())
            : SwitchText.of(run.groups(), "Context switches of " + title(run.image()), run.model(), top));
        return end(run.result(), run.image());
    }

    private int systemCalls(final CallRun run) {
        ringside.terminal().out().print(json
            ? CallJson.of(run.counts(), run.image(), run.model(), Version.current(), errors)
            : CallText.of(run.counts(), "System calls of " + title(run.image()), run.model(), top, errors));
        return end(run.result(), run.image());
    }

    private int end(final ProfiledRun run) {
        return end(run.result(), run.image());
    }

    private int end(final RunResult result, final GuestImage image) {
        final boolean fine = ProfiledRun.fine(result);
        if (!fine) {
            ringside.terminal().err().println("ringside: " + RunCommand.describe(result, image));
        }
        return (fine ? ExitStatus.FINE : ExitStatus.GUEST_FAILED).code();
    }

    /** A variant's name, unless there is a file of that name. */
    private static GuestImage image(final String other) {
        final boolean variant = !Files.exists(Path.of(other))
            && Arrays.stream(Variant.values()).anyMatch(name -> name.toString().equals(other));
        return variant ? Bantam.image(Bantam.variant(other)) : GuestImage.read(Path.of(other));
    }

    private static ProfileDiff.Side side(final ProfiledRun run) {
        final Disassembly disassembly = new Disassembly(run.image());
        final Set<String> routines = disassembly.routines().stream().filter(symbol -> symbol.size() > 0)
            .map(ImageSymbol::name).collect(Collectors.toSet());
        return new ProfileDiff.Side(title(run.image()), run.profile(), name -> routines.contains(name)
            ? Optional.of(disassembly.list(name, Optional.empty())) : Optional.empty());
    }

    private void check() {
        if (budget < 1) {
            throw new WrongUseException("--budget=" + budget + ": a guest needs at least 1");
        }
        if (top < 1) {
            throw new WrongUseException("--top=" + top + ": a table has at least 1 row");
        }
        if (Stream.of(lines, tree, by.isPresent(), !annotate.isEmpty(), diff.isPresent()).filter(wanted -> wanted)
                .count() > 1) {
            throw new WrongUseException("--by, --lines, --tree, --annotate, --diff: one at a time");
        }
        if (json && (tree || !annotate.isEmpty())) {
            throw new WrongUseException("--json: has every count already, --tree and --annotate are for people");
        }
        if (errors && !systemCalls) {
            throw new WrongUseException("--errors: goes with --calls");
        }
        requireAlone("--switches", switches, systemCalls);
        requireAlone("--calls", systemCalls, switches);
        if (diff.isPresent() && from.isPresent()) {
            throw new WrongUseException("--diff and --from-snapshot: a snapshot is of one image alone");
        }
        exports.keySet().forEach(ProfileExport::named);
        requireExports();
    }

    /** Refuses a view of its own beside others. */
    private void requireAlone(final String option, final boolean given, final boolean other) {
        if (given && (other || !exports.isEmpty() || Stream.of(lines, tree, by.isPresent(), !annotate.isEmpty(),
                diff.isPresent()).anyMatch(wanted -> wanted))) {
            throw new WrongUseException(option + ": of all other views and exports only with --json");
        }
    }

    private void requireExports() {
        exports.forEach((format, file) -> outputs.require("--export=" + format, file, inputs(),
            ProfileExport.named(format)::obstacle));
    }

    /** {@return every file that the run reads} */
    private Stream<Path> inputs() {
        final Stream<Path> others = Stream.of(input, from, diff.map(Path::of)).flatMap(Optional::stream);
        return Stream.of(guest.inputs(), others, modelFile().stream().flatMap(this::withTables)).flatMap(all -> all);
    }

    private Stream<Path> withTables(final Path file) {
        return processor().stream().flatMap(make -> make.files(file));
    }

    private Optional<Path> modelFile() {
        return Optional.ofNullable(spec.commandLine().getParseResult().matchedOption("--model"))
            .map(option -> option.originalStringValues().getLast())
            .filter(name -> !Microarchitecture.SHIPPED.contains(name)).map(Path::of);
    }

    private String text(final ProfiledRun run) {
        final String title = "Profile of " + title(run.image());
        final int columns = ringside.terminal().columns();
        final Optional<RollUp> wanted = lines ? Optional.of(RollUp.LINE) : by;
        if (!annotate.isEmpty()) {
            return annotated(run, columns);
        }
        if (json) {
            return wanted.map(what -> ProfileJson.by(what, run.profile(), run.image(), Version.current()))
                .orElseGet(() -> ProfileJson.of(run.profile(), run.image(), Version.current()));
        }
        if (tree) {
            return ProfileText.tree(run.profile(), title, top, columns);
        }
        return wanted.map(what -> ProfileText.by(what, run.profile(), run.image(), title, top, texts(), columns))
            .orElseGet(() -> ProfileText.top(run.profile(), run.image(), title, top, columns));
    }

    private static String title(final GuestImage image) {
        return image.name() + ", SHA-256 " + image.sha256().substring(0, 12);
    }

    private String annotated(final ProfiledRun run, final int columns) {
        final Disassembly disassembly = new Disassembly(run.image());
        final Map<Long, InstructionCost> costs = run.profile().addresses().stream()
            .collect(Collectors.toMap(InstructionCost::address, Function.identity(), (a, b) -> a, LinkedHashMap::new));
        final SourceTexts texts = texts();
        return names(disassembly).map(name -> disassembly.list(name, Optional.empty()))
            .sorted(Comparator.comparingLong((Listing listing) -> AnnotatedListing.cycles(listing, costs)).reversed()
                .thenComparing(Listing::name))
            .map(listing -> AnnotatedListing.of(listing, costs, run.profile(), texts, columns))
            .collect(Collectors.joining("\n"));
    }

    /** Patterns as the routines that they stand for; a name stands for itself, so that it is refused by name. */
    private Stream<String> names(final Disassembly disassembly) {
        return annotate.stream().flatMap(name -> {
            if (name.indexOf('*') < 0) {
                return Stream.of(name);
            }
            final Pattern pattern = Pattern.compile(Pattern.quote(name).replace("*", "\\E.*\\Q"));
            final List<String> found = disassembly.routines().stream().filter(symbol -> symbol.size() > 0)
                .map(ImageSymbol::name).filter(pattern.asMatchPredicate()).toList();
            if (found.isEmpty()) {
                throw new WrongUseException("--annotate: no routine is named like '" + name + "'");
            }
            return found.stream();
        }).distinct();
    }

    private SourceTexts texts() {
        final SourceTree below = guest.sources();
        return new SourceTexts(sources.map(SourceTree::directory).map(given -> given.over(below)).orElse(below));
    }
}
