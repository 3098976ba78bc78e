package ringside.kernel.build;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import ringside.toolchain.image.LinkException;
import ringside.toolchain.image.ObjectCode;
import ringside.toolchain.image.ObjectSection;
import ringside.toolchain.image.ObjectSymbol;
import ringside.toolchain.image.Relocation;

/** Gives a unit that was written for no name the name of its program: in its sections and its global symbols. */
final class PlainUnit {
    private static final Set<String> SECTIONS = Set.of(".text", ".rodata", ".bss");

    private final String program;
    private final String unit;
    private final Set<String> own;

    private PlainUnit(final String unit, final String program, final Set<String> own) {
        this.unit = unit;
        this.program = program;
        this.own = own;
    }

    /**
     * {@return the unit with sections {@code .text.PROGRAM} and so on, and symbols {@code PROGRAM_main} and so on}
     *
     * @param unit    with plain names
     * @param program the name
     */
    static ObjectCode named(final ObjectCode unit, final String program) {
        final Set<String> own = unit.symbols().stream().filter(PlainUnit::isGlobal).map(ObjectSymbol::name)
                .collect(Collectors.toSet());
        if (!own.contains("main")) {
            throw new LinkException(unit.name() + ": a program begins at its global label main");
        }
        return new PlainUnit(unit.name(), program, own).named(unit);
    }

    private static boolean isGlobal(final ObjectSymbol symbol) {
        return symbol.scope() == ObjectSymbol.Scope.GLOBAL && symbol.kind() != ObjectSymbol.Kind.PROBE;
    }

    private ObjectCode named(final ObjectCode plain) {
        return new ObjectCode(unit,
                plain.sections().stream().filter(section -> section.size() > 0).map(this::named).toList(),
                plain.symbols().stream().map(this::named).toList());
    }

    private ObjectSection named(final ObjectSection section) {
        return new ObjectSection(section(section.name()), section.align(), section.bytes(), section.zeroBytes(),
                named(section.relocations()), section.lines(), section.frames());
    }

    private List<Relocation> named(final List<Relocation> relocations) {
        return relocations.stream()
                .map(hole -> new Relocation(hole.offset(), hole.kind(), symbol(hole.symbol()), hole.addend()))
                .toList();
    }

    private ObjectSymbol named(final ObjectSymbol symbol) {
        return new ObjectSymbol(symbol(symbol.name()), symbol.section() == null ? null : section(symbol.section()),
                symbol.value(), symbol.scope(), symbol.kind());
    }

    private String symbol(final String name) {
        return own.contains(name) ? program + "_" + name : name;
    }

    private String section(final String name) {
        if (!SECTIONS.contains(name)) {
            throw new LinkException(unit + ": a program has its code in .text, constants in .rodata and what it "
                    + "writes in .bss: section=" + name);
        }
        return name + "." + program;
    }
}
