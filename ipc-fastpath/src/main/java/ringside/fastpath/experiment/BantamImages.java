package ringside.fastpath.experiment;

import java.util.List;
import ringside.fastpath.codegen.FastPaths;
import ringside.kernel.build.KernelFeatures;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.kernel.build.KernelImageBuilder;
import ringside.kernel.build.TaskPlan;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.image.GuestImage;

/** Builds the image of each variant. */
public final class BantamImages implements AutoCloseable {
    private final KernelImageBuilder builder;

    private BantamImages(final KernelImageBuilder builder) {
        this.builder = builder;
    }

    /** {@return a builder; its owner closes it} */
    public static BantamImages open() {
        return new BantamImages(KernelImageBuilder.start());
    }

    /**
     * {@return a variant's image for one CPU}
     *
     * @param variant which
     */
    public GuestImage build(final Variant variant) {
        return build(variant, false);
    }

    /**
     * {@return a builder of sources with some more; its owner closes it}
     *
     * @param sources has all that the kernel's module carries
     */
    public static BantamImages open(final SourceTree sources) {
        return new BantamImages(KernelImageBuilder.start(sources));
    }

    /**
     * {@return a variant's image}
     *
     * @param variant which
     * @param smp     whether it runs on all CPUs that there are
     */
    public GuestImage build(final Variant variant, final boolean smp) {
        return build(variant, smp, TaskPlan.STANDARD);
    }

    /**
     * {@return a variant's image}
     *
     * @param variant which
     * @param smp     whether it runs on all CPUs that there are
     * @param plan    its processes
     */
    public GuestImage build(final Variant variant, final boolean smp, final TaskPlan plan) {
        final FastPath path = switch (variant) {
            case FAST_ASM -> FastPath.ASSEMBLY;
            case FAST_GENERATED -> FastPath.GENERATED;
            case SLOW -> FastPath.NONE;
        };
        return builder.build(new KernelFeatures(path, smp),
            path == FastPath.GENERATED ? FastPaths.generate(smp) : List.of(), plan);
    }

    @Override
    public void close() {
        builder.close();
    }
}
