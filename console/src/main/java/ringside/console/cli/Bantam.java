package ringside.console.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;
import ringside.fastpath.codegen.FastPaths;
import ringside.fastpath.experiment.BantamImages;
import ringside.fastpath.experiment.Variant;
import ringside.kernel.build.KernelSources;
import ringside.kernel.build.TaskPlan;
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
        return image(variant, smp, List.of());
    }

    /** {@return the image with programs besides its own} */
    static GuestImage image(final Variant variant, final boolean smp, final List<AddedProgram> added) {
        TaskPlan plan = TaskPlan.STANDARD;
        for (final AddedProgram program : added) {
            plan = plan.with(program.task());
        }
        try (BantamImages images = BantamImages.open(sources(added))) {
            return images.build(variant, smp, plan);
        }
    }

    /** {@return the sources that its line tables name: assembly and Java} */
    static SourceTree sources() {
        return sources(List.of());
    }

    /** {@return those, and the sources of added programs} */
    static SourceTree sources(final List<AddedProgram> added) {
        SourceTree sources = KernelSources.bundled().over(SourceTree.resources(FastPaths.class, JAVA_SOURCES));
        for (final AddedProgram program : added) {
            sources = program.sources().over(sources);
        }
        return sources;
    }

    /** {@return the variant of that name, as a command line gives it} */
    static Variant variant(final String name) {
        return Arrays.stream(Variant.values()).filter(variant -> variant.toString().equals(name)).findFirst()
            .orElseThrow(() -> new TypeConversionException("'" + name + "' is none of "
                + Arrays.stream(Variant.values()).map(Variant::toString).collect(Collectors.joining(", "))));
    }
}
