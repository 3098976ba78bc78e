package ringside.fastpath.lab;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import ringside.fastpath.experiment.Progress;
import ringside.profiler.profile.Trial;
import ringside.profiler.profile.WindowSpec;
import ringside.toolchain.image.GuestImage;

/** Runs experiments: an image for each variant and combination of parameters, each on a machine of its own. */
public final class Laboratory {
    private Laboratory() {
    }

    /** What came of one run. */
    private record Done(LabVariant run, List<LabRow> rows) {
    }

    /**
     * Builds the images, runs each to its end, measures and decides. Machines run side by side where the host has
     * processors for it; the result does not depend on that.
     *
     * @param declaration the experiment
     * @param progress    hears what is being done
     * @return the result
     * @throws LabException where the declaration asks for what there is not
     * @throws ringside.fastpath.experiment.GuestFailedException if a guest did not end well, rounds of a stable
     *     experiment differ, or what must not move did
     */
    public static LabResult run(final Declaration declaration, final Progress progress) {
        final ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            return run(declaration, progress, pool);
        } finally {
            pool.shutdownNow();
        }
    }

    /**
     * The same for one of several experiments that are run at the same time.
     *
     * @param declaration the experiment
     * @param progress    hears what is being done
     * @param pool        runs the machines; images are built by whoever calls
     * @return the result
     */
    public static LabResult run(
            final Declaration declaration, final Progress progress, final ExecutorService pool) {
        final SequencedMap<String, String> images = new LinkedHashMap<>();
        final List<Future<Done>> pending = new ArrayList<>();
        try (LabImages builder = LabImages.of(declaration)) {
            final Map<Object, GuestImage> built = new HashMap<>();
            for (final Point point : points(declaration)) {
                for (final VariantSpec variant : declaration.variants()) {
                    final String name = (variant.name() + " " + point).strip();
                    final Map<String, Long> constants = LabImages.constants(declaration, variant, point);
                    final GuestImage image = built.computeIfAbsent(List.of(variant.name(), constants), _ -> {
                        progress.begins("building " + name);
                        return builder.build(variant, constants);
                    });
                    images.put(name, image.sha256());
                    pending.add(pool.submit(() -> {
                        progress.begins("running " + name);
                        return done(declaration, LabRun.of(declaration, variant, point, image));
                    }));
                }
            }
            requireProbes(declaration, built.values());
            return result(declaration, images, pending.stream().map(Laboratory::await).toList());
        } finally {
            pending.forEach(one -> one.cancel(true));
        }
    }

    /** A misspelt probe would be a window that never opens. */
    private static void requireProbes(final Declaration declaration, final Collection<GuestImage> images) {
        final Set<String> there = new HashSet<>();
        images.forEach(image -> image.probes().forEach(probe -> there.add(probe.kind())));
        for (final WindowSpec window : declaration.windows()) {
            if (!Declaration.STANDARD.contains(window)) {
                requireProbe(declaration, window.name() + ".from", window.opens(), there);
                requireProbe(declaration, window.name() + ".to", window.closes(), there);
            }
        }
    }

    private static void requireProbe(
            final Declaration declaration, final String key, final String probe, final Set<String> there) {
        if (!there.contains(probe)) {
            throw new LabException(declaration.files().file(), "window." + key,
                    "no variant has a probe of this name: " + probe);
        }
    }

    /**
     * {@return the image of a variant, which each run of it boots}
     *
     * @param declaration the experiment
     * @param variant     name of the variant
     * @param point       at which parameters
     * @throws IllegalArgumentException where there is no such variant
     */
    public static GuestImage image(final Declaration declaration, final String variant, final Point point) {
        final VariantSpec spec = declaration.variants().stream().filter(one -> one.name().equals(variant)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no variant is called " + variant));
        try (LabImages builder = LabImages.of(declaration)) {
            return builder.build(spec, LabImages.constants(declaration, spec, point));
        }
    }

    private static LabResult result(
            final Declaration declaration, final SequencedMap<String, String> images, final List<Done> done) {
        final List<LabRow> rows = ordered(done);
        Controls.require(declaration, rows);
        return new LabResult(declaration, images, rows, new Judge(declaration, rows).all(),
                done.stream().map(Done::run).toList());
    }

    /** {@return all rows: by parameters, then by trial, then by variant, then by window} */
    private static List<LabRow> ordered(final List<Done> done) {
        final SequencedMap<Point, List<LabRow>> byPoint = new LinkedHashMap<>();
        done.forEach(one -> byPoint.computeIfAbsent(one.run.point(), _ -> new ArrayList<>()).addAll(one.rows));
        final List<LabRow> rows = new ArrayList<>();
        for (final List<LabRow> some : byPoint.values()) {
            final List<Trial> trials = some.stream().map(LabRow::trial).distinct().toList();
            some.stream().sorted(Comparator.comparingInt(row -> trials.indexOf(row.trial()))).forEach(rows::add);
        }
        return rows;
    }

    private static Done done(final Declaration declaration, final LabRun run) {
        return new Done(Rows.operations(declaration, run), Rows.of(declaration, run));
    }

    /**
     * {@return all combinations of parameters, the last one changing fastest}
     *
     * @param declaration the experiment
     */
    public static List<Point> points(final Declaration declaration) {
        List<Point> points = List.of(new Point(new LinkedHashMap<>()));
        for (final Map.Entry<String, List<Long>> swept : declaration.sweep().entrySet()) {
            points = points.stream().flatMap(point -> swept.getValue().stream()
                    .map(value -> point.with(swept.getKey(), value))).toList();
        }
        return points;
    }

    private static Done await(final Future<Done> pending) {
        try {
            return pending.get();
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the laboratory was interrupted", interrupted);
        } catch (final ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            throw new IllegalStateException("a run failed", failed.getCause());
        }
    }
}
