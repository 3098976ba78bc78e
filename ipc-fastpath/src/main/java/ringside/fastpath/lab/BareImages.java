package ringside.fastpath.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import ringside.toolchain.asm.Assembler;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.LinkPlan;
import ringside.toolchain.image.LinkPlan.Access;
import ringside.toolchain.image.LinkPlan.Segment;
import ringside.toolchain.image.Linker;
import ringside.toolchain.image.ObjectCode;
import ringside.toolchain.platform.PcLayout;

/** Builds images of a workload on the bare stand: what all variants have lies at the same addresses in each. */
final class BareImages implements LabImages {
    /** The constant that is the number of CPUs. */
    static final String CPUS = "CPUS";
    /** Exit value of the stand: an exception that nobody handles. */
    static final int EXIT_EXCEPTION = 2;

    private static final long READ_ONLY = 0x40_0000;
    private static final long DATA = 0x60_0000;
    private static final List<String> STAND =
            List.of("stand/entry.asm", "stand/trampoline.asm", "stand/cpu.asm", "stand/end.asm");
    private static final String ENTRY = "stand_pvh_entry";
    private static final LinkPlan PLAN = new LinkPlan(List.of(
            new Segment("text", PcLayout.KERNEL_LOAD, PcLayout.KERNEL_LOAD, Access.READ_EXECUTE,
                    List.of(".text.stand", ".text*")),
            new Segment("rodata", READ_ONLY, READ_ONLY, Access.READ, List.of(".rodata.stand", ".rodata*")),
            new Segment("data", DATA, DATA, Access.READ_WRITE, List.of(".bss.stand", ".data*", ".bss*"))),
            ENTRY, ENTRY);

    private final Declaration declaration;
    private final Assembler assembler;

    BareImages(final Declaration declaration) {
        this.declaration = declaration;
        assembler = Assembler.start(declaration.files().sources());
    }

    @Override
    public GuestImage build(final VariantSpec variant, final Map<String, Long> constants) {
        final List<ObjectCode> objects = new ArrayList<>();
        for (final String unit : Stream.of(STAND, declaration.sources(), variant.sources()).flatMap(List::stream)
                .toList()) {
            objects.add(assembler.assemble(unit, constants));
        }
        variant.generator().ifPresent(name ->
                objects.addAll(Generators.of(declaration, name).generate(new TreeMap<>(constants))));
        return GuestImage.parse(declaration.name() + "-" + variant.name() + ".elf", Linker.link(PLAN, objects));
    }

    @Override
    public void close() {
        assembler.close();
    }
}
