package ringside.toolchain.image;

import java.util.List;
import java.util.Objects;

/**
 * Relocatable code and data: what the assembler and the code builder both produce and the linker consumes.
 *
 * @param name     the unit's name, e.g. {@code ipc/ipc_fast_call.asm} or a generator class
 * @param sections in the order of first appearance; names are distinct
 * @param symbols  definitions, in order of appearance
 */
public record ObjectCode(String name, List<ObjectSection> sections, List<ObjectSymbol> symbols) {
    /** Copies the lists. */
    public ObjectCode {
        Objects.requireNonNull(name, "name");
        sections = List.copyOf(sections);
        symbols = List.copyOf(symbols);
    }
}
