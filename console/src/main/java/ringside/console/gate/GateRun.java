package ringside.console.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import ringside.console.repl.CommandResult;
import ringside.console.repl.Session;
import ringside.console.verify.RefusedFileException;
import ringside.emulator.machine.MachineConfig;
import ringside.fastpath.experiment.BantamImages;
import ringside.fastpath.experiment.Progress;
import ringside.fastpath.experiment.SideBySide;
import ringside.fastpath.experiment.Variant;
import ringside.kernel.build.KernelSources;
import ringside.profiler.gate.MeasuredPath;
import ringside.profiler.gate.Measurements;
import ringside.profiler.model.Microarchitecture;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.image.GuestImage;

/**
 * Everything that a gate file asks for, done.
 *
 * @param measured   what its paths cost
 * @param unmeasured paths that have no numbers
 * @param scripts    what came of its scripts
 */
public record GateRun(Measurements measured, List<UnmeasuredPath> unmeasured, List<ScriptOutcome> scripts) {
    /** Copies the lists. */
    public GateRun {
        unmeasured = List.copyOf(unmeasured);
        scripts = List.copyOf(scripts);
    }

    /** {@return why paths have no numbers, by their names} */
    public SortedMap<String, String> problems() {
        final SortedMap<String, String> problems = new TreeMap<>();
        unmeasured.forEach(path -> problems.put(path.name(), path.why().getMessage()));
        return problems;
    }

    /** Ends what cannot do without the numbers of all paths. */
    public void requireAll() {
        unmeasured.stream().findFirst().ifPresent(path -> {
            throw path.why();
        });
    }

    /**
     * What came of a script.
     *
     * @param name    of its file
     * @param ok      whether it went through
     * @param problem what and where, where it did not
     */
    public record ScriptOutcome(String name, boolean ok, String problem) {
    }

    /**
     * {@return what a gate file asks for, measured}
     *
     * @param gate     what is under gate
     * @param progress hears what is being done
     * @throws ringside.fastpath.experiment.GuestFailedException where a guest does not end well
     */
    public static GateRun of(final GateFile gate, final Progress progress) {
        final List<MeasuredPath> paths = new ArrayList<>();
        if (!gate.build().isEmpty()) {
            progress.begins(String.join(" ", gate.build()));
            ChildProcess.run(gate.file(), "build", gate.directory(), gate.build());
        }
        gate.calls().ifPresent(which ->
            paths.addAll(CallPaths.measure(which, sources(gate), gate.models(), progress)));
        for (final String experiment : gate.experiments()) {
            progress.begins("experiment " + experiment);
            paths.addAll(ExperimentPaths.measure(experiment, gate.models(), Progress.SILENT));
        }
        final List<ImagePaths.Result> images = SideBySide.all(
            gate.images().stream().<Callable<ImagePaths.Result>>map(image -> () -> {
                progress.begins("running " + image.name());
                return ImagePaths.measure(image, gate.models());
            }).toList());
        images.forEach(image -> paths.addAll(image.paths()));
        final List<ScriptOutcome> scripts = new ArrayList<>();
        for (final GatedScript script : gate.scripts()) {
            progress.begins("script " + script.file().getFileName());
            scripts.add(script(gate, script));
        }
        final SortedMap<String, MeasuredPath> byName = new TreeMap<>();
        for (final MeasuredPath path : paths) {
            if (byName.put(path.name(), path) != null) {
                throw new RefusedFileException(gate.file().toString(), path.name(), "two paths have this name");
            }
        }
        final SortedMap<String, String> models = new TreeMap<>();
        gate.models().forEach(make -> models.put(model(make), make.id()));
        return new GateRun(new Measurements(models, byName),
            images.stream().flatMap(image -> image.unmeasured().stream()).toList(), scripts);
    }

    /** {@return a model's name in names of metrics: without its version, which a baseline keeps once} */
    static String model(final Microarchitecture make) {
        return make.id().replaceFirst("-[0-9]+$", "").replaceAll("[^A-Za-z0-9_-]", "_");
    }

    private static SourceTree sources(final GateFile gate) {
        return gate.kernel().map(KernelSources::directory).orElseGet(KernelSources::bundled);
    }

    private static ScriptOutcome script(final GateFile gate, final GatedScript script) {
        final GuestImage image = script.image().map(GuestImage::read).orElseGet(() -> {
            try (BantamImages images = BantamImages.open(sources(gate))) {
                return images.build(Variant.FAST_ASM);
            }
        });
        try (Session session = Session.open(MachineConfig.standard(), image, path -> Optional.empty())) {
            session.output(_ -> { });
            final CommandResult result = session.script(script.file());
            return new ScriptOutcome(gate.directory().relativize(script.file().toAbsolutePath()).toString(),
                result.ok(), result.ok() ? "" : result.problem());
        }
    }
}
