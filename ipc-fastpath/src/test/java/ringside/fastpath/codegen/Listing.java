package ringside.fastpath.codegen;

import java.util.ArrayList;
import java.util.List;
import ringside.toolchain.disasm.Disassembler;
import ringside.toolchain.disasm.Instruction;
import ringside.toolchain.image.ObjectCode;
import ringside.toolchain.image.ObjectSection;
import ringside.toolchain.image.ObjectSymbol;
import ringside.toolchain.image.Relocation;

/** A generated unit as text: labels, probes and instructions, with the symbols that the linker will fill in. */
final class Listing {
    private Listing() {
    }

    static String of(final ObjectCode object) {
        final StringBuilder text = new StringBuilder();
        for (final ObjectSection section : object.sections()) {
            text.append("section ").append(section.name()).append(", align ").append(section.align()).append('\n');
            try (Disassembler disassembler = Disassembler.bits64()) {
                for (final Instruction instruction
                        : disassembler.decodeAll(section.bytes(), 0, section.bytes().length, 0)) {
                    marks(object, section, instruction.address()).forEach(mark -> text.append(mark).append('\n'));
                    text.append(String.format("    %04x  %s", instruction.address(), instruction.text()));
                    for (final Relocation hole : section.relocations()) {
                        if (hole.offset() >= instruction.address()
                                && hole.offset() < instruction.address() + instruction.length()) {
                            text.append("  ; ").append(target(instruction, hole));
                        }
                    }
                    text.append('\n');
                }
            }
        }
        return text.toString();
    }

    /** The symbol, and the bytes behind it at which the operand is. */
    private static String target(final Instruction instruction, final Relocation hole) {
        final long behind = hole.kind() == Relocation.Kind.PC32
                ? hole.addend() + instruction.address() + instruction.length() - hole.offset() : hole.addend();
        return behind == 0 ? hole.symbol() : String.format("%s + 0x%x", hole.symbol(), behind);
    }

    private static List<String> marks(final ObjectCode object, final ObjectSection section, final long address) {
        final List<String> marks = new ArrayList<>();
        for (final ObjectSymbol symbol : object.symbols()) {
            if (section.name().equals(symbol.section()) && symbol.value() == address) {
                marks.add(symbol.kind() == ObjectSymbol.Kind.PROBE
                        ? "    ; " + symbol.name().split("\\$")[1] : symbol.name() + ":");
            }
        }
        return marks;
    }
}
