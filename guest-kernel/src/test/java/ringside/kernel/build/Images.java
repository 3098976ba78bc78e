package ringside.kernel.build;

import java.util.EnumMap;
import java.util.Map;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.image.GuestImage;

/** Images that several tests look at, each built once. */
public final class Images {
    private static final Map<FastPath, GuestImage> BUNDLED = new EnumMap<>(FastPath.class);

    private Images() {
    }

    /** {@return Bantam as it is} */
    public static synchronized GuestImage of(final FastPath fastPath) {
        return BUNDLED.computeIfAbsent(fastPath, feature -> build(KernelSources.bundled(), feature));
    }

    /** {@return Bantam from other sources} */
    public static GuestImage build(final SourceTree sources, final FastPath fastPath) {
        try (KernelImageBuilder builder = KernelImageBuilder.start(sources)) {
            return builder.build(new KernelFeatures(fastPath));
        }
    }
}
