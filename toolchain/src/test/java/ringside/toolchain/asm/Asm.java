package ringside.toolchain.asm;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import ringside.toolchain.image.ObjectCode;
import ringside.toolchain.image.ObjectSection;

/** One assembler for all tests of a class: the child process is the dear part. */
final class Asm {
    private Asm() {
    }

    /** Assembles a text as the unit {@code unit.asm}. */
    static ObjectCode assemble(final String text) {
        return assemble(Map.of("unit.asm", text));
    }

    /** Assembles {@code unit.asm} out of several texts. */
    static ObjectCode assemble(final Map<String, String> texts) {
        return Shared.INSTANCE.assemble(texts, Map.of());
    }

    static ObjectCode assemble(final Map<String, String> texts, final Map<String, Long> constants) {
        return Shared.INSTANCE.assemble(texts, constants);
    }

    static ObjectSection section(final ObjectCode code, final String name) {
        return code.sections().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    }

    /** The bytes of {@code .text} in hex. */
    static String hex(final String text) {
        return HexFormat.of().formatHex(section(assemble(text), ".text").bytes());
    }

    static AsmException refused(final String text) {
        return refused(Map.of("unit.asm", text));
    }

    static AsmException refused(final Map<String, String> texts) {
        return assertThrows(AsmException.class, () -> assemble(texts));
    }

    private static final class Shared {
        private static final Shared INSTANCE = new Shared();
        private Map<String, String> current = Map.of();
        private final Assembler assembler =
                Assembler.start(path -> Optional.ofNullable(current.get(path)));

        synchronized ObjectCode assemble(final Map<String, String> texts, final Map<String, Long> constants) {
            current = texts;
            return assembler.assemble("unit.asm", constants);
        }
    }
}
