package ringside.kernel.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.toolchain.asm.Assembler;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.Linker;
import ringside.toolchain.image.ObjectCode;

/**
 * Builds images of Bantam. The same sources, features and generated code give the same bytes.
 *
 * <p>One builder for several images is cheaper than several: what was assembled for one is not encoded again.
 */
public final class KernelImageBuilder implements AutoCloseable {
    private final Assembler assembler;

    private KernelImageBuilder(final SourceTree sources) {
        this.assembler = Assembler.start(sources);
    }

    /** {@return a builder of the sources that this module carries} */
    public static KernelImageBuilder start() {
        return start(KernelSources.bundled());
    }

    /**
     * Starts a builder of other sources: a working tree, or the bundled ones with some replaced.
     *
     * @param sources has every unit of {@link KernelSources#units()}
     * @return the builder
     */
    public static KernelImageBuilder start(final SourceTree sources) {
        return new KernelImageBuilder(Objects.requireNonNull(sources, "sources"));
    }

    /**
     * Builds an image whose code is all assembly.
     *
     * @param features what is under study; {@link FastPath#GENERATED} needs {@link #build(KernelFeatures, List)}
     * @return the image
     * @throws ringside.toolchain.asm.AsmException  at the first line that is wrong
     * @throws ringside.toolchain.image.LinkException if the parts do not fit together
     */
    public GuestImage build(final KernelFeatures features) {
        return build(features, List.of());
    }

    /**
     * Builds an image.
     *
     * @param features  what is under study
     * @param generated units that fill slots; with {@link FastPath#GENERATED} they define {@code ipc_fast_call},
     *                  {@code ipc_fast_reply_recv} and {@code ipc_fast_signal}, otherwise there are none
     * @return the image, named after its features
     * @throws IllegalArgumentException if there are generated units without a slot, or a slot without units
     * @throws ringside.toolchain.asm.AsmException  at the first line that is wrong
     * @throws ringside.toolchain.image.LinkException if the parts do not fit together
     */
    public GuestImage build(final KernelFeatures features, final List<ObjectCode> generated) {
        return build(features, generated, TaskPlan.STANDARD);
    }

    /**
     * Builds an image that starts other processes than the standard ones, or some more.
     *
     * @param features  what is under study
     * @param generated as in {@link #build(KernelFeatures, List)}
     * @param plan      the processes
     * @return the image, named after its features
     * @throws IllegalArgumentException if there are generated units without a slot, or a slot without units
     * @throws ringside.toolchain.asm.AsmException  at the first line that is wrong
     * @throws ringside.toolchain.image.LinkException if the parts do not fit together, or a thread's entry is nowhere
     */
    public GuestImage build(final KernelFeatures features, final List<ObjectCode> generated, final TaskPlan plan) {
        if (generated.isEmpty() == (features.fastPath() == FastPath.GENERATED)) {
            throw new IllegalArgumentException("generated units go with a slot for them: fastPath="
                    + features.fastPath() + ", generated=" + generated.size());
        }
        final List<ObjectCode> programs = new ArrayList<>();
        final List<String> names = new ArrayList<>();
        if (plan.standard()) {
            for (final String name : KernelSources.programs()) {
                names.add(name);
                for (final String unit : KernelSources.program(name)) {
                    programs.add(assembler.assemble(unit, features.constants()));
                }
            }
            programs.add(TaskUnit.programs(plan));
        }
        for (final UserProgram program : plan.programs()) {
            names.add(program.name());
            for (final String source : program.sources()) {
                final ObjectCode unit = assembler.assemble(source, features.constants());
                programs.add(program.plain() ? PlainUnit.named(unit, program.name()) : unit);
            }
            programs.addAll(program.objects());
        }
        final List<ObjectCode> objects = new ArrayList<>(generated);
        for (final String unit : KernelSources.kernel()) {
            if (unit.equals(KernelSources.TASKS_END) && !plan.tasks().isEmpty()) {
                objects.add(TaskUnit.of(plan, withData(names, programs)));
            }
            if (plan.standard() || !unit.equals(KernelSources.STANDARD_TASKS)) {
                objects.add(assembler.assemble(unit, features.constants()));
            }
        }
        objects.addAll(programs);
        final GuestImage image =
                GuestImage.parse(features.imageName(), Linker.link(KernelLinkPlan.plan(names), objects));
        KernelLinkPlan.requireRoom(image, names);
        return image;
    }

    private static Set<String> withData(final List<String> names, final List<ObjectCode> programs) {
        return names.stream()
                .filter(name -> programs.stream()
                        .flatMap(object -> object.sections().stream())
                        .anyMatch(section -> section.name().equals(".bss." + name)))
                .collect(Collectors.toSet());
    }

    /** Ends the assembler's child process. */
    @Override
    public void close() {
        assembler.close();
    }
}
