package ringside.console.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import ringside.console.gate.GateAnnotations;
import ringside.console.gate.GateBmf;
import ringside.console.gate.GateFile;
import ringside.console.gate.GateJson;
import ringside.console.gate.GateJunit;
import ringside.console.gate.GateMarkdown;
import ringside.console.gate.GateReader;
import ringside.console.gate.GateRun;
import ringside.console.gate.GateSarif;
import ringside.console.gate.GateText;
import ringside.console.gate.GateVerdict;
import ringside.console.gate.Revision;
import ringside.console.history.History;
import ringside.console.history.PastRun;
import ringside.console.history.SourceCommit;
import ringside.console.repl.JunitReport;
import ringside.emulator.state.WholeFile;
import ringside.fastpath.experiment.GuestFailedException;
import ringside.fastpath.experiment.Progress;
import ringside.profiler.gate.BaselineReader;
import ringside.profiler.gate.BaselineWriter;
import ringside.profiler.gate.Measurements;
import ringside.toolchain.image.PlainName;

/** {@code ringside check}: the gate. */
@Command(
    name = "check",
    header = "Fail when a path got slower, and name the instruction.",
    description = {"",
        "Measures what gate files name, holds every number against a baseline that is kept beside the sources, and "
            + "says of each path that got worse which instructions are new, gone, moved or dearer, and why "
            + "(docs/check.md).",
        "", "The exit code is 0 where nothing got worse, 1 where a guest or a script failed, 2 where nothing was "
            + "compared, 3 for a regression, 5 where the host failed."},
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footer = {"", "Examples:",
        "  ringside check --update            write the baseline, for the first time too",
        "  ringside check                     hold this tree against it",
        "  ringside check --against HEAD^     hold it against another revision",
        "  ringside check --history runs.db   and append the run to a database",
        "  ringside check kernel.gate.toml --junit report.xml --markdown summary.md"},
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private static final Path STANDARD = Path.of("gate.toml");

    @ParentCommand
    private RingsideCommand ringside;

    @Parameters(paramLabel = "FILE", description = "Gate files; otherwise gate.toml.")
    private List<Path> files = List.of();

    @ArgGroup
    private Mode mode = new Mode();

    /** What is done with the numbers. */
    private static final class Mode {
        @Option(names = "--update",
            description = "Write the numbers of this run into the baseline, and say what changed.")
        private boolean update;

        @Option(names = "--against", paramLabel = "REV",
            description = "Hold this tree against another revision of it, which is measured too, and not against the "
                + "baseline.")
        private Optional<String> against = Optional.empty();

        @Option(names = "--measure", paramLabel = "FILE",
            description = "Write the numbers to FILE, which is like a baseline, and compare nothing.")
        private Optional<Path> measure = Optional.empty();
    }

    @Option(names = "--json", description = "Everything as one JSON object (docs/check.schema.json).")
    private boolean json;

    @Option(names = "--annotations",
        description = "Print failures also as workflow commands, which GitHub Actions shows beside the lines.")
    private boolean annotations;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write a case for each path as JUnit's XML.")
    private Optional<Path> junit = Optional.empty();

    @Option(names = "--markdown", paramLabel = "FILE",
        description = "Write a summary of at most 1 MiB, worst first.")
    private Optional<Path> markdown = Optional.empty();

    @Option(names = "--sarif", paramLabel = "FILE", description = "Write the failures as SARIF 2.1.0.")
    private Optional<Path> sarif = Optional.empty();

    @Option(names = "--bmf", paramLabel = "FILE",
        description = "Write all numbers in the Bencher Metric Format.")
    private Optional<Path> bmf = Optional.empty();

    @Option(names = "--history", paramLabel = "FILE",
        description = "Append this run to a database, which is made where there is none; `report` draws it.")
    private Optional<Path> history = Optional.empty();

    @Option(names = "--revision", paramLabel = "TEXT",
        description = "What the history says that was measured; otherwise the commit that git names.")
    private Optional<String> revision = Optional.empty();

    @Option(names = "--time", paramLabel = "TEXT",
        description = "What the history says that the time was; otherwise nothing, for no clock is read.")
    private String time = "";

    @Mixin
    private OutputFile outputs;

    @Override
    public Integer call() {
        try {
            return check();
        } catch (final RuntimeException failed) {
            if (json) {
                ringside.terminal().out().print(GateJson.failure(
                    Failures.message(failed), Failures.statusOf(failed).code(), Version.current()));
            }
            throw failed;
        }
    }

    private int check() {
        if (files.isEmpty() && !Files.exists(STANDARD)) {
            throw new WrongUseException("no gate file is named, and there is no " + STANDARD + " here (docs/check.md)");
        }
        final List<GateFile> gates =
            (files.isEmpty() ? List.of(STANDARD) : files).stream().map(GateReader::read).toList();
        if (mode.measure.isPresent() && gates.size() > 1) {
            throw new WrongUseException("--measure: of one gate file at a time");
        }
        requireSense();
        revision.ifPresent(text -> requirePlain("--revision", text));
        requirePlain("--time", time);
        requireRoom(gates);
        if (mode.measure.isPresent()) {
            return measure(gates.getFirst(), mode.measure.get());
        }
        final List<GateVerdict> verdicts = new ArrayList<>();
        try {
            gates.forEach(gate -> verdicts.add(verdict(gate)));
        } catch (final RuntimeException failed) {
            // A report of an earlier run must not stay as if it were of this one.
            each(failed, failure(Failures.message(failed)));
            throw failed;
        }
        write(verdicts);
        if (!mode.update && verdicts.stream().anyMatch(GateVerdict::regressed)) {
            return ExitStatus.REGRESSION.code();
        }
        return verdicts.stream().allMatch(verdict -> verdict.failedScripts().isEmpty()) ? ExitStatus.FINE.code()
            : ExitStatus.GUEST_FAILED.code();
    }

    /** Options that would leave each other out. */
    private void requireSense() {
        if (mode.measure.isPresent()) {
            Stream.of(junit.map(_ -> "--junit"), markdown.map(_ -> "--markdown"), sarif.map(_ -> "--sarif"),
                bmf.map(_ -> "--bmf"), history.map(_ -> "--history"), Optional.of("--json").filter(_ -> json),
                Optional.of("--annotations").filter(_ -> annotations)).flatMap(Optional::stream).findFirst()
                .ifPresent(option -> {
                    throw new WrongUseException("--measure: nothing is compared, so " + option
                        + " has nothing to " + (option.equals("--history") ? "keep" : "say"));
                });
        }
        if (json && annotations) {
            throw new WrongUseException("--annotations: --json has one object, among whose lines none may be");
        }
    }

    private List<Runnable> failure(final String problem) {
        final List<Runnable> reports = new ArrayList<>();
        junit.ifPresent(file -> reports.add(() -> {
            final JunitReport report = new JunitReport("check");
            report.failed("ringside.check", "run", problem, "");
            report.write(file);
        }));
        markdown.ifPresent(file -> reports.add(() -> write(file, GateMarkdown.failure(problem))));
        sarif.ifPresent(file -> reports.add(() -> write(file, GateSarif.failure(problem, Version.current()))));
        bmf.ifPresent(file -> reports.add(() -> write(file, GateBmf.of(List.of()))));
        if (annotations) {
            reports.add(() -> ringside.terminal().out().print(GateAnnotations.failure(problem)));
        }
        return reports;
    }

    /** Does all: one that fails keeps no other from being done. {@return the first failure, which has the others} */
    private static RuntimeException each(final RuntimeException before, final List<Runnable> all) {
        RuntimeException first = before;
        for (final Runnable one : all) {
            try {
                one.run();
            } catch (final RuntimeException failed) {
                if (first == null) {
                    first = failed;
                } else {
                    first.addSuppressed(failed);
                }
            }
        }
        return first;
    }

    private static void requirePlain(final String option, final String text) {
        if (!PlainName.is(text)) {
            throw new WrongUseException(option + ": no control characters are wanted: " + PlainName.of(text));
        }
    }

    /** Before anything is measured. */
    private void requireRoom(final List<GateFile> gates) {
        OutputFile.requireOneEach("the baseline", gates.stream().map(GateFile::baseline).toList());
        OutputFile.requireOneEach("the output", Stream.of(junit, markdown, sarif, bmf, mode.measure, history)
            .flatMap(Optional::stream).toList());
        final List<Path> inputs = gates.stream().flatMap(GateFile::reads).toList();
        junit.ifPresent(file -> outputs.require("--junit", file, inputs.stream(), JunitReport::obstacle));
        markdown.ifPresent(file -> outputs.require("--markdown", file, inputs.stream(), GateMarkdown::obstacle));
        sarif.ifPresent(file -> outputs.require("--sarif", file, inputs.stream(), GateSarif::obstacle));
        bmf.ifPresent(file -> outputs.require("--bmf", file, inputs.stream(), GateBmf::obstacle));
        mode.measure.ifPresent(file -> outputs.require("--measure", file, inputs.stream(), BaselineWriter::obstacle));
        history.ifPresent(file -> {
            if (inputs.stream().anyMatch(input -> OutputFile.isSame(file, input))) {
                throw new WrongUseException("--history=" + file + ": the run reads this file");
            }
            History.require(file);
        });
        if (mode.update) {
            gates.forEach(gate -> OutputFile.requireFolder("baseline", gate.baseline()));
        }
    }

    private Progress progress() {
        return BenchCommand.progress(ringside.terminal());
    }

    private int measure(final GateFile gate, final Path file) {
        final GateRun run = GateRun.of(gate, progress());
        run.requireAll();
        for (final GateRun.ScriptOutcome script : run.scripts()) {
            if (!script.ok()) {
                throw new GuestFailedException("script " + script.name() + ": " + script.problem());
            }
        }
        write(file, BaselineWriter.text(run.measured()));
        return ExitStatus.FINE.code();
    }

    private GateVerdict verdict(final GateFile gate) {
        if (mode.against.isPresent()) {
            final Revision revision = Revision.of(gate, mode.against.get());
            final Measurements before = revision.measure(progress());
            final GateRun run = GateRun.of(gate, progress());
            return GateVerdict.of(gate, run, revision.id(), before);
        }
        final boolean there = Files.exists(gate.baseline());
        if (!there && !mode.update) {
            throw new WrongUseException(gate.file() + ": there is no baseline yet, " + gate.baseline()
                + "; --update writes one");
        }
        final Measurements before = there ? BaselineReader.read(gate.baseline())
            : new Measurements(new TreeMap<>(), new TreeMap<>());
        final GateRun run = GateRun.of(gate, progress());
        if (mode.update) {
            run.requireAll();
        }
        return GateVerdict.of(gate, run, gate.baseline().getFileName().toString(), before);
    }

    private void write(final List<GateVerdict> verdicts) {
        final List<Runnable> all = new ArrayList<>();
        verdicts.forEach(verdict -> all.add(() -> write(verdict)));
        if (annotations) {
            all.add(() -> ringside.terminal().out().print(GateAnnotations.of(verdicts)));
        }
        junit.ifPresent(file -> all.add(() -> GateJunit.of(verdicts).write(file)));
        markdown.ifPresent(file -> all.add(() -> write(file, GateMarkdown.of(verdicts))));
        sarif.ifPresent(file -> all.add(() -> write(file, GateSarif.of(verdicts, Version.current()))));
        bmf.ifPresent(file -> all.add(() -> write(file, GateBmf.of(verdicts))));
        final RuntimeException failed = each(null, all);
        if (failed != null) {
            throw failed;
        }
        if (json) {
            // Last, for it says that all the rest is done.
            ringside.terminal().out().print(GateJson.of(verdicts, Version.current()));
        }
    }

    /** What is said to be recorded is. */
    private void write(final GateVerdict verdict) {
        if (mode.update) {
            write(verdict.gate().baseline(), BaselineWriter.text(verdict.run().measured()));
        }
        if (!json) {
            final int columns = ringside.terminal().columns();
            ringside.terminal().out().print(
                mode.update ? GateText.recorded(verdict, columns) : GateText.of(verdict, columns));
        }
        history.ifPresent(file -> History.append(file, PastRun.of(verdict,
            revision.orElseGet(() -> SourceCommit.of(verdict.gate().directory())), time, Version.current())));
    }

    private static void write(final Path file, final String text) {
        WholeFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
