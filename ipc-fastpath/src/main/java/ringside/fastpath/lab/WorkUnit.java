package ringside.fastpath.lab;

import java.util.Set;
import ringside.toolchain.image.ObjectCode;
import ringside.toolchain.image.ObjectSection;
import ringside.toolchain.image.ObjectSymbol;

/** Puts a unit's plain sections into those of a program, so that one source fits both stands. */
final class WorkUnit {
    private static final Set<String> PLAIN = Set.of(".text", ".rodata", ".bss");

    private WorkUnit() {
    }

    /** {@return the unit with {@code .text.PROGRAM} for {@code .text}, and so on; without sections that are empty} */
    static ObjectCode named(final ObjectCode unit, final String program) {
        return new ObjectCode(unit.name(),
                unit.sections().stream().filter(section -> section.size() > 0)
                        .map(section -> new ObjectSection(name(section.name(), program), section.align(),
                                section.bytes(), section.zeroBytes(), section.relocations(), section.lines(),
                                section.frames()))
                        .toList(),
                unit.symbols().stream()
                        .map(symbol -> new ObjectSymbol(symbol.name(), name(symbol.section(), program),
                                symbol.value(), symbol.scope(), symbol.kind()))
                        .toList());
    }

    private static String name(final String section, final String program) {
        return section != null && PLAIN.contains(section) ? section + "." + program : section;
    }
}
