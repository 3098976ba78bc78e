package ringside.profiler.calibrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Measures snippets and asks models of them. */
public final class Calibration {
    private static final int WARM_UP = 64;
    private static final int COUNTED = 2048;
    /** A host is busy for a while and then is not: what it kept from a figure is tried again behind all others. */
    private static final int MOST_PASSES = 4;

    private final List<CycleModel> models;
    private final Optional<NativeRunner> runner;

    /**
     * Makes one.
     *
     * @param models the columns, in their order
     * @param runner of the host's CPU; without one there are no measured figures
     */
    public Calibration(final List<CycleModel> models, final Optional<NativeRunner> runner) {
        this.models = List.copyOf(models);
        this.runner = runner;
    }

    /**
     * {@return the report}
     *
     * @param cpu      the host's, by name
     * @param snippets to measure
     * @param progress told a line before each
     */
    public CalibrationReport run(final String cpu, final List<Snippet> snippets, final Consumer<String> progress) {
        final List<CalibrationRow> rows = new ArrayList<>();
        for (final Snippet snippet : snippets) {
            progress.accept((rows.size() + 1) + " of " + snippets.size() + ": " + snippet.name());
            rows.add(row(snippet));
        }
        for (int pass = 2; pass <= MOST_PASSES; pass++) {
            for (int i = 0; i < rows.size(); i++) {
                if (rows.get(i).host() instanceof NativeResult.Dropped(String _, boolean again) && again) {
                    progress.accept("once more, the host was busy: " + snippets.get(i).name());
                    rows.set(i, rows.get(i).with(measure(snippets.get(i))));
                }
            }
        }
        return new CalibrationReport(cpu, models.stream().map(CycleModel::id).toList(), rows);
    }

    private CalibrationRow row(final Snippet snippet) {
        final EmulatedRun emulated = SnippetRun.of(snippet, WARM_UP, Math.min(COUNTED, snippet.iterations()));
        final Map<String, Estimate> estimates = new LinkedHashMap<>();
        models.forEach(model -> estimates.put(model.id(), model.estimate(snippet)));
        return new CalibrationRow(snippet.name(), snippet.pair(), emulated.perIteration(), measure(snippet), estimates);
    }

    private NativeResult measure(final Snippet snippet) {
        return runner.map(host -> host.measure(snippet)).orElse(new NativeResult.Dropped("not measured", false));
    }
}
