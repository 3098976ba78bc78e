package ringside.fastpath.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
        final List<List<Map<PathKey, PathCycles>>> runs =
                SideBySide.all(counted.runs().stream().<Callable<List<Map<PathKey, PathCycles>>>>map(run -> () -> {
                    progress.begins("following " + run.variant());
                    return VariantCycles.of(run.variant(), run.image(), makes);
                }).toList());
        for (final List<Map<PathKey, PathCycles>> one : runs) {
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
