package ringside.fastpath.codegen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import ringside.toolchain.disasm.Disassembler;
import ringside.toolchain.disasm.Instruction;
import ringside.toolchain.image.ObjectCode;
import ringside.toolchain.image.ObjectSection;

/** Emits a queue for many without its instruction at the place {@code MISSING}, where nothing is done instead. */
public final class LeftOut implements SlotGenerator {
    private static final byte NOP = (byte) 0x90;

    /** As declarations make it. */
    public LeftOut() {
        // Nothing is kept between images.
    }

    /** {@return places and texts of the instructions} */
    static List<Instruction> instructions(final ObjectCode unit) {
        final byte[] code = unit.sections().getFirst().bytes();
        try (Disassembler disassembler = Disassembler.bits64()) {
            return disassembler.decodeAll(code, 0, code.length, 0);
        }
    }

    @Override
    public List<ObjectCode> generate(final Map<String, Long> constants) {
        final ObjectCode unit = new BoundedQueue().generate(constants).getFirst();
        final ObjectSection text = unit.sections().getFirst();
        final Instruction missing = instructions(unit).stream()
                .filter(one -> one.address() == constants.get("MISSING")).findFirst().orElseThrow();
        final int from = (int) missing.address();
        final int to = from + missing.length();
        final byte[] code = text.bytes().clone();
        Arrays.fill(code, from, to, NOP);
        final List<ObjectSection> sections = new ArrayList<>(unit.sections());
        sections.set(0, new ObjectSection(text.name(), text.align(), code, text.zeroBytes(), text.relocations()
                .stream().filter(hole -> hole.offset() < from || hole.offset() >= to).toList(), text.lines()));
        return List.of(new ObjectCode(unit.name(), sections, unit.symbols()));
    }
}
