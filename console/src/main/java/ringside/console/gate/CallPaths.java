package ringside.console.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import ringside.console.report.ImageCode;
import ringside.fastpath.experiment.CycleExperiment;
import ringside.fastpath.experiment.IpcExperiment;
import ringside.fastpath.experiment.Measurement;
import ringside.fastpath.experiment.ModelCycles;
import ringside.fastpath.experiment.PathCycles;
import ringside.fastpath.experiment.PathKey;
import ringside.fastpath.experiment.Progress;
import ringside.fastpath.experiment.Variant;
import ringside.fastpath.experiment.VariantRun;
import ringside.profiler.gate.CodePlace;
import ringside.profiler.gate.GateStep;
import ringside.profiler.gate.Limits.NamePattern;
import ringside.profiler.gate.MeasuredPath;
import ringside.profiler.model.Microarchitecture;
import ringside.profiler.profile.CauseCycles;
import ringside.profiler.profile.RoundCost;
import ringside.profiler.profile.RoundStep;
import ringside.toolchain.asm.SourceTree;

/** The paths of Bantam's own bench: {@code calls/fast-asm/cross/0/call} and the like. */
final class CallPaths {
    private CallPaths() {
    }

    /**
     * {@return what they cost}
     *
     * @param which    of their names, without the first word
     * @param sources  of the kernel
     * @param models   whose cycles are counted
     * @param progress hears what is being done
     */
    static List<MeasuredPath> measure(final NamePattern which, final SourceTree sources,
            final List<Microarchitecture> models, final Progress progress) {
        final Set<Variant> variants = PathKey.all().stream().filter(key -> which.fits(key.toString()))
            .map(PathKey::variant).collect(Collectors.toCollection(TreeSet::new));
        final IpcExperiment bench = IpcExperiment.run(sources, variants, progress);
        final List<ModelCycles> cycles = models.isEmpty() ? List.of() : CycleExperiment.run(bench, models, progress);
        final List<MeasuredPath> paths = new ArrayList<>();
        for (final VariantRun run : bench.runs()) {
            try (ImageCode code = ImageCode.of(run.image())) {
                for (final Measurement one : bench.report().measurements()) {
                    if (one.path().variant() == run.variant() && which.fits(one.path().toString())) {
                        paths.add(path(one, models, cycles, code));
                    }
                }
            }
        }
        return paths;
    }

    private static MeasuredPath path(final Measurement one, final List<Microarchitecture> models,
            final List<ModelCycles> cycles, final ImageCode code) {
        final SortedMap<String, Long> metrics = new TreeMap<>();
        final SortedMap<String, Long> causes = new TreeMap<>();
        metrics.put("instructions", one.counts().instructions());
        metrics.put("kernel_instructions", one.counts().kernelInstructions());
        metrics.put("lines", (long) one.counts().data().lines());
        metrics.put("reads", one.counts().data().reads());
        metrics.put("writes", one.counts().data().writes());
        for (int i = 0; i < models.size(); i++) {
            final String model = GateRun.model(models.get(i));
            final PathCycles cost = cycles.get(i).get(one.path());
            metrics.put("settled." + model, cost.settledRound().cycles());
            metrics.put("cold." + model, cost.coldRound().cycles());
            causes.putAll(GateSteps.causes(model, new CauseCycles(cost.settledRound().causes())));
            causes.putAll(GateSteps.causes("cold." + model, new CauseCycles(cost.coldRound().causes())));
        }
        final List<GateStep> steps = new ArrayList<>();
        List<CodePlace> places = List.of();
        if (models.isEmpty()) {
            one.window().path().forEach(step ->
                steps.add(GateSteps.step(code, step.address(), step.cycles(), Optional.empty())));
        } else {
            final RoundCost shown = cycles.getFirst().get(one.path()).settledRound();
            shown.steps().forEach(step ->
                steps.add(GateSteps.step(code, step.address(), step.cycles(), step.cause())));
            places = GateSteps.places(code, shown.steps().stream().mapToLong(RoundStep::address));
        }
        return new MeasuredPath("calls/" + one.path(), metrics, causes, places, steps);
    }
}
