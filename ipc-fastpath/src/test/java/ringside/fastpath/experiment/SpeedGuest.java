package ringside.fastpath.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import ringside.kernel.build.KernelFeatures;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.kernel.build.KernelImageBuilder;
import ringside.kernel.build.KernelSources;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.image.GuestImage;

/** Bantam with programs that do nothing but play ping-pong, long enough to be timed and without the tick. */
final class SpeedGuest {
    private SpeedGuest() {
    }

    /** {@return the image, fast path in assembly} */
    static GuestImage image() throws IOException {
        final SourceTree sources = SourceTree.of(Map.of("user/init.asm", text("speed/init.asm"),
                "user/client.asm", text("speed/client.asm"))).over(KernelSources.bundled());
        try (KernelImageBuilder builder = KernelImageBuilder.start(sources)) {
            return builder.build(new KernelFeatures(FastPath.ASSEMBLY));
        }
    }

    private static String text(final String name) throws IOException {
        try (InputStream in = SpeedGuest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
