package ringside.console.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;
import ringside.fastpath.codegen.FastPaths;
import ringside.fastpath.experiment.BantamImages;
import ringside.fastpath.experiment.Variant;
import ringside.kernel.build.KernelSources;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.image.GuestImage;

/** The guest that Ringside brings along, as commands ask for it. */
final class Bantam {
    /** Where this program carries the Java that emits guest code. */
    private static final String JAVA_SOURCES = "META-INF/java";

    private Bantam() {
    }

    /** {@return the image for one CPU, built from the sources that this program carries} */
    static GuestImage image(final Variant variant) {
        return image(variant, false);
    }

    /** {@return the image for one CPU, or for all that there are} */
    static GuestImage image(final Variant variant, final boolean smp) {
        try (BantamImages images = BantamImages.open()) {
            return images.build(variant, smp);
        }
    }

    /** {@return the sources that its line tables name: assembly and Java} */
    static SourceTree sources() {
        return KernelSources.bundled().over(SourceTree.resources(FastPaths.class, JAVA_SOURCES));
    }

    /** {@return the variant of that name, as a command line gives it} */
    static Variant variant(final String name) {
        return Arrays.stream(Variant.values()).filter(variant -> variant.toString().equals(name)).findFirst()
            .orElseThrow(() -> new TypeConversionException("'" + name + "' is none of "
                + Arrays.stream(Variant.values()).map(Variant::toString).collect(Collectors.joining(", "))));
    }
}
