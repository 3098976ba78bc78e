package ringside.fastpath.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import ringside.kernel.build.KernelFeatures;
import ringside.kernel.build.KernelImageBuilder;
import ringside.profiler.model.InstructionDecoder;
import ringside.profiler.model.Microarchitecture;
import ringside.profiler.model.StaticInstruction;
import ringside.profiler.model.Trait;
import ringside.toolchain.disasm.Disassembler;
import ringside.toolchain.disasm.Instruction;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.LineTable;

class KernelDecodingTest {
    /** Forms of Bantam's code that no table has a row for. */
    private static final Set<String> GUESSED = Set.of();
    private static final int LEAST_INSTRUCTIONS = 1000;

    @Test
    void everyInstructionOfBantamHasARowInEveryTable() {
        final GuestImage image;
        try (KernelImageBuilder builder = KernelImageBuilder.start()) {
            image = builder.build(new KernelFeatures(KernelFeatures.FastPath.ASSEMBLY));
        }
        for (final String name : Microarchitecture.SHIPPED) {
            if (Microarchitecture.named(name).hardware().isPresent()) {
                final Set<String> guessed = new TreeSet<>();
                final int count = decode(image, InstructionDecoder.of(Microarchitecture.named(name)), guessed);
                assertEquals(GUESSED, guessed, name);
                assertTrue(count > LEAST_INSTRUCTIONS, "instructions=" + count);
            }
        }
    }

    /** The upper half, line by line: below are the entry in 32-bit mode and user programs with their texts. */
    private static int decode(final GuestImage image, final InstructionDecoder decoder, final Set<String> guessed) {
        int count = 0;
        try (Disassembler disassembler = Disassembler.bits64()) {
            for (final LineTable.Row row : image.lines().rows()) {
                final byte[] code = row.start() >= 0 ? new byte[0]
                    : image.memory(row.start(), (int) (row.end() - row.start()));
                for (final Instruction instruction : disassembler.decodeAll(code, 0, code.length, row.start())) {
                    final StaticInstruction decoded = decoder.decode(instruction);
                    if (decoded.has(Trait.GUESSED)) {
                        guessed.add(row.source() + " " + instruction.text() + " = " + decoded.form());
                    }
                    count++;
                }
            }
        }
        return count;
    }
}
