package ringside.fastpath.lab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import ringside.fastpath.codegen.FastPaths;
import ringside.kernel.abi.FirstTasks;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.build.KernelFeatures;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.kernel.build.KernelImageBuilder;
import ringside.kernel.build.KernelSources;
import ringside.kernel.build.Task;
import ringside.kernel.build.TaskPlan;
import ringside.kernel.build.UserProgram;
import ringside.toolchain.asm.Assembler;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.ObjectCode;

/**
 * Builds images of Bantam with a workload as its only tasks, beside the console server. All units of the workload are
 * one program, so that tasks share its memory.
 */
final class BantamStandImages implements LabImages {
    private static final String PROGRAM = "work";
    private static final int SELF = 1;
    private static final Map<String, FastPath> FAST_PATHS =
            Map.of("asm", FastPath.ASSEMBLY, "generated", FastPath.GENERATED, "slow", FastPath.NONE);
    private static final Map<String, Boolean> SWITCH = Map.of("on", true, "off", false);

    /** Counts from tick to tick here, ten times the kernel's own: none is to fall into an operation of many calls. */
    private static final int TICK_PERIOD = 10 * KernelAbi.TICK_PERIOD;

    private final Declaration declaration;
    private final Assembler assembler;
    /** By the units that are replaced: a builder keeps what it has encoded. */
    private final Map<Map<String, String>, KernelImageBuilder> builders = new HashMap<>();

    BantamStandImages(final Declaration declaration) {
        this.declaration = declaration;
        assembler = Assembler.start(declaration.files().sources());
    }

    @Override
    public GuestImage build(final VariantSpec variant, final Map<String, Long> constants) {
        final KernelFeatures features = features(variant);
        final Map<String, Long> all = new TreeMap<>(features.constants());
        all.putAll(constants);
        final List<ObjectCode> units = new ArrayList<>();
        for (final String unit : Stream.of(declaration.sources(), variant.sources()).flatMap(List::stream).toList()) {
            units.add(WorkUnit.named(assembler.assemble(unit, all), PROGRAM));
        }
        final List<ObjectCode> emitted = variant.generator()
                .map(name -> Generators.emit(declaration.files().file(), name, all)).orElse(List.of());
        List<ObjectCode> kernel = List.of();
        if (features.fastPath() == FastPath.GENERATED) {
            kernel = emitted.isEmpty() ? FastPaths.generate(features.smp()) : emitted;
        } else {
            units.addAll(emitted);
        }
        final KernelImageBuilder builder =
                builders.computeIfAbsent(variant.replaces(), _ -> KernelImageBuilder.start(kernelSources(variant)));
        return GuestImage.parse(declaration.name() + "-" + variant.name() + ".elf",
                builder.build(features, kernel, plan(UserProgram.generated(PROGRAM, units))).bytes());
    }

    private SourceTree kernelSources(final VariantSpec variant) {
        final SourceTree ours = KernelSources.ticking(TICK_PERIOD);
        return path -> variant.replaces().containsKey(path)
                ? declaration.files().sources().read(variant.replaces().get(path))
                : ours.read(path);
    }

    private TaskPlan plan(final UserProgram program) {
        final UserProgram[] memory = Stream.concat(Stream.of(program),
                declaration.programs().stream().map(UserProgram::assembled)).toArray(UserProgram[]::new);
        final List<Task> tasks = new ArrayList<>();
        for (final TaskSpec spec : declaration.tasks()) {
            Task task = Task.of(spec.name(), memory)
                    .withEndpoint(Task.CONSOLE, FirstTasks.HANDLE_CONSOLE, KernelAbi.RIGHT_SEND, 0).withSelf(SELF);
            for (final TaskSpec.EndpointHandle handle : spec.handles()) {
                task = task.withEndpoint(handle.endpoint(), handle.slot(), (handle.sends() ? KernelAbi.RIGHT_SEND : 0)
                        | (handle.receives() ? KernelAbi.RIGHT_RECEIVE : 0), 0);
            }
            int number = 0;
            for (final Map.Entry<String, Integer> thread : spec.threads().entrySet()) {
                task = task.withThread(thread.getKey(), number++, thread.getValue());
            }
            tasks.add(spec.kernel() ? task.inKernelMode() : task);
        }
        tasks.add(Task.console());
        return TaskPlan.only(tasks.getFirst(), tasks.subList(1, tasks.size()).toArray(Task[]::new));
    }

    private KernelFeatures features(final VariantSpec variant) {
        final Map<String, String> wanted = new TreeMap<>(variant.features());
        final FastPath fastPath = choice(variant, FAST_PATHS, "fastpath", wanted.remove("fastpath"), FastPath.ASSEMBLY);
        final boolean smp = choice(variant, SWITCH, "smp", wanted.remove("smp"), false);
        if (!wanted.isEmpty()) {
            throw wrong(variant, wanted.keySet().iterator().next(), "no such feature");
        }
        return new KernelFeatures(fastPath, smp);
    }

    private <T> T choice(final VariantSpec variant, final Map<String, T> choices, final String key,
            final String wanted, final T otherwise) {
        if (wanted == null) {
            return otherwise;
        }
        if (!choices.containsKey(wanted)) {
            throw wrong(variant, key, "one of " + new TreeMap<>(choices).keySet() + " is wanted");
        }
        return choices.get(wanted);
    }

    private LabException wrong(final VariantSpec variant, final String key, final String reason) {
        return new LabException(declaration.files().file(), "variant." + variant.name() + ".features." + key, reason);
    }

    @Override
    public void close() {
        assembler.close();
        builders.values().forEach(KernelImageBuilder::close);
    }
}
