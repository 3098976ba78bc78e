package ringside.fastpath.experiment;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import ringside.kernel.build.KernelSources;
import ringside.profiler.profile.WindowProfile;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.image.GuestImage;

/**
 * The bench: the same workload on images that differ in how they make a call, each on a machine of its own.
 *
 * @param runs   one for each variant, in their order
 * @param report what they cost
 */
public record IpcExperiment(List<VariantRun> runs, IpcReport report) {
    /** One CPU and no input: nothing in these machines is drawn at random. */
    private static final long SEED = 0;

    /** Copies the list. */
    public IpcExperiment {
        runs = List.copyOf(runs);
    }

    /**
     * Builds the images, runs each to its end and measures every path. Machines run side by side where the host has
     * processors for it; the result does not depend on that.
     *
     * @param progress hears what is being done
     * @return the result
     * @throws GuestFailedException if a guest did not end well
     * @throws ringside.profiler.profile.UnstableProfileException if rounds of a path differ
     */
    public static IpcExperiment run(final Progress progress) {
        return run(KernelSources.bundled(), EnumSet.allOf(Variant.class), progress);
    }

    /**
     * The same for other sources of the kernel, or for some of the variants.
     *
     * @param sources  has all that the kernel's module carries
     * @param variants at least one
     * @param progress hears what is being done
     * @return the result, of these variants alone
     */
    public static IpcExperiment run(
            final SourceTree sources, final Set<Variant> variants, final Progress progress) {
        final int workers = Math.min(variants.size(), Runtime.getRuntime().availableProcessors());
        final List<Future<VariantRun>> pending = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(workers);
                BantamImages images = BantamImages.open(sources)) {
            for (final Variant variant : new TreeSet<>(variants)) {
                progress.begins("building " + variant);
                final GuestImage image = images.build(variant);
                pending.add(pool.submit(() -> {
                    progress.begins("running " + variant);
                    return VariantRun.of(variant, image, true);
                }));
            }
            return of(pending.stream().map(IpcExperiment::await).toList());
        }
    }

    /**
     * {@return the result of runs made elsewhere}
     *
     * @param runs one for each variant, in their order
     */
    static IpcExperiment of(final List<VariantRun> runs) {
        final Map<Variant, String> hashes = new EnumMap<>(Variant.class);
        final Map<Variant, List<WindowProfile>> windows = new EnumMap<>(Variant.class);
        for (final VariantRun run : runs) {
            hashes.put(run.variant(), run.image().sha256());
            windows.put(run.variant(), run.windows());
        }
        return new IpcExperiment(runs, IpcReport.of(runs.getFirst().model(), SEED, hashes, windows));
    }

    /**
     * {@return the run of a variant}
     *
     * @param variant which
     */
    public VariantRun run(final Variant variant) {
        return runs.stream().filter(run -> run.variant() == variant).findFirst().orElseThrow();
    }

    private static VariantRun await(final Future<VariantRun> pending) {
        try {
            return pending.get();
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the bench was interrupted", interrupted);
        } catch (final ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            throw new IllegalStateException("a run failed", failed.getCause());
        }
    }
}
