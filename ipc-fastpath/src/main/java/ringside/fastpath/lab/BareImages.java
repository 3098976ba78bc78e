package ringside.fastpath.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import ringside.toolchain.asm.Assembler;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.ObjectCode;

/** Builds images of a workload on the bare stand: what all variants have lies at the same addresses in each. */
final class BareImages implements LabImages {
    private final Declaration declaration;
    private final Assembler assembler;

    BareImages(final Declaration declaration) {
        this.declaration = declaration;
        assembler = Assembler.start(declaration.files().sources());
    }

    @Override
    public GuestImage build(final VariantSpec variant, final Map<String, Long> constants) {
        final List<ObjectCode> objects = new ArrayList<>();
        for (final String unit : Stream.of(BareStand.units(), declaration.sources(), variant.sources())
                .flatMap(List::stream).toList()) {
            objects.add(assembler.assemble(unit, constants));
        }
        variant.generator().ifPresent(name ->
                objects.addAll(Generators.emit(declaration.files().file(), name, constants)));
        return BareStand.link(declaration.name() + "-" + variant.name() + ".elf", objects);
    }

    @Override
    public void close() {
        assembler.close();
    }
}
