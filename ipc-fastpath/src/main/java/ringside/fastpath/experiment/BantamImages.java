package ringside.fastpath.experiment;

import ringside.fastpath.codegen.FastPaths;
import ringside.kernel.build.KernelFeatures;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.kernel.build.KernelImageBuilder;
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
     * {@return a variant's image}
     *
     * @param variant which
     * @param smp     whether it runs on all CPUs that there are
     */
    public GuestImage build(final Variant variant, final boolean smp) {
        return switch (variant) {
            case FAST_ASM -> builder.build(new KernelFeatures(FastPath.ASSEMBLY, smp));
            case FAST_GENERATED -> builder.build(new KernelFeatures(FastPath.GENERATED, smp), FastPaths.generate(smp));
            case SLOW -> builder.build(new KernelFeatures(FastPath.NONE, smp));
        };
    }

    @Override
    public void close() {
        builder.close();
    }
}
