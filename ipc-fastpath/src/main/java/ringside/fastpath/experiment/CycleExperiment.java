package ringside.fastpath.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ringside.profiler.model.Microarchitecture;

/** The bench's paths under cycle models: the images of a bench that counted, each run once more. */
public final class CycleExperiment {
    private CycleExperiment() {
    }

    /**
     * {@return what every path cost, for each model in their order}
     *
     * @param counted  the bench, whose counts are those of the same runs
     * @param makes    the models; each has hardware
     * @param progress hears what is being done
     * @throws GuestFailedException if a guest did not end well
     */
    public static List<ModelCycles> run(
            final IpcExperiment counted, final List<Microarchitecture> makes, final Progress progress) {
        final List<Map<PathKey, PathCycles>> paths = new ArrayList<>();
        makes.forEach(_ -> paths.add(new HashMap<>()));
        for (final VariantRun run : counted.runs()) {
            progress.begins("following " + run.variant());
            final List<Map<PathKey, PathCycles>> one = VariantCycles.of(run.variant(), run.image(), makes);
            for (int i = 0; i < makes.size(); i++) {
                paths.get(i).putAll(one.get(i));
            }
        }
        final List<ModelCycles> all = new ArrayList<>();
        for (int i = 0; i < makes.size(); i++) {
            all.add(new ModelCycles(makes.get(i).id(), new LinkedHashMap<>(paths.get(i))));
        }
        return all;
    }
}
