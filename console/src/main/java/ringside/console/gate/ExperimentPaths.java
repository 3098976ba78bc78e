package ringside.console.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import ringside.console.report.ImageCode;
import ringside.fastpath.experiment.Progress;
import ringside.fastpath.lab.Declaration;
import ringside.fastpath.lab.DeclarationReader;
import ringside.fastpath.lab.LabFiles;
import ringside.fastpath.lab.LabResult;
import ringside.fastpath.lab.LabRow;
import ringside.fastpath.lab.LabVariant;
import ringside.fastpath.lab.Laboratory;
import ringside.fastpath.lab.Spread;
import ringside.profiler.gate.CodePlace;
import ringside.profiler.gate.GateStep;
import ringside.profiler.gate.MeasuredPath;
import ringside.profiler.model.Microarchitecture;

/** The windows of an experiment: {@code EXPERIMENT/VARIANT/PARAMETERS/WINDOW}. */
final class ExperimentPaths {
    private static final String OP = "op";
    /** What measures the measuring; experiments themselves refuse it when it moves. */
    private static final Set<String> LEFT_OUT = Set.of("empty", "control");
    private static final String CAUSE = "cause.";
    /** The machine's own clock ticks once an instruction. */
    private static final String SAME_AS_INSTRUCTIONS = "cycles";
    private static final String MODEL_CYCLES = "cycles.";

    private ExperimentPaths() {
    }

    /**
     * {@return what they cost}
     *
     * @param experiment name of a shipped one, or a file
     * @param models     whose cycles are counted beside those that are declared
     * @param progress   hears what is being done
     */
    static List<MeasuredPath> measure(
            final String experiment, final List<Microarchitecture> models, final Progress progress) {
        final Declaration declaration = DeclarationReader.read(LabFiles.find(experiment)).withModels(models);
        final LabResult result = Laboratory.run(declaration, progress);
        final List<MeasuredPath> paths = new ArrayList<>();
        for (final LabVariant run : result.runs()) {
            try (ImageCode code = ImageCode.of(run.image())) {
                for (final LabRow row : result.rows()) {
                    if (row.variant().equals(run.variant()) && row.point().has(run.point().values())
                            && !LEFT_OUT.contains(row.window())) {
                        paths.add(path(declaration.name(), row, run, code));
                    }
                }
            }
        }
        return paths;
    }

    private static MeasuredPath path(
            final String experiment, final LabRow row, final LabVariant run, final ImageCode code) {
        final SortedMap<String, Long> metrics = new TreeMap<>();
        final SortedMap<String, Long> causes = new TreeMap<>();
        metrics.put("rounds", row.rounds());
        for (final Map.Entry<String, Spread> metric : row.metrics().entrySet()) {
            final String name = metric.getKey();
            if (name.startsWith(CAUSE)) {
                causes.put(name.substring(CAUSE.length()).replace('_', ' '), metric.getValue().p50());
            } else if (!name.equals(SAME_AS_INSTRUCTIONS)) {
                final String called = name.startsWith(MODEL_CYCLES)
                    ? "settled." + name.substring(MODEL_CYCLES.length()) : name;
                metrics.put(called, metric.getValue().p50());
                metrics.put(called + ".max", metric.getValue().max());
            }
        }
        final List<GateStep> steps = new ArrayList<>();
        final List<CodePlace> places = new ArrayList<>();
        if (row.window().equals(OP)) {
            run.ops().stream().filter(op -> op.trial().equals(row.trial())).findFirst().ifPresent(op -> {
                steps.addAll(GateSteps.steps(op.round().path(), code));
                if (!causes.isEmpty()) {
                    places.addAll(GateSteps.places(op.round().path(), code));
                }
            });
        }
        final String point = row.point().values().isEmpty() ? "" : row.point().toString().replace(' ', ',') + "/";
        return new MeasuredPath(experiment + "/" + row.variant() + "/" + point + row.window(), metrics, causes, places,
            steps);
    }
}
