package ringside.toolchain.disasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DisassemblerTest {
    private final Disassembler disassembler = Disassembler.open();

    @AfterEach
    void close() {
        disassembler.close();
    }

    @Test
    void anInstructionIsTextInIntelSyntax() {
        final byte[] code = bytes("4889d8");
        final Instruction instruction = disassembler.decode(code, 0, code.length, 0x1000).orElseThrow();
        assertEquals(new Instruction(0x1000, 3, "mov", "rax, rbx"), instruction);
        assertEquals("mov rax, rbx", instruction.text());
    }

    @Test
    void ripRelativeTargetsNeedTheAddressAndGetIt() {
        final byte[] code = bytes("eb02");
        assertEquals("jmp 0x2004", disassembler.decode(code, 0, 2, 0x2000).orElseThrow().text());
    }

    @Test
    void codeOfThirtyTwoBitsReadsDifferently() {
        try (Disassembler narrow = Disassembler.bits32()) {
            assertEquals("dec eax", narrow.decode(bytes("48"), 0, 1, 0).orElseThrow().text());
        }
        assertTrue(disassembler.decode(bytes("48"), 0, 1, 0).isEmpty());
    }

    @Test
    void codeOfSixteenBitsReadsDifferently() {
        try (Disassembler narrow = Disassembler.bits16()) {
            assertEquals("mov ax, 0x1234", narrow.decode(bytes("b83412"), 0, 3, 0).orElseThrow().text());
        }
    }

    @Test
    void aRangeIsDecodedUpToTheFirstByteThatIsNoInstruction() {
        final byte[] code = bytes("90" + "0f05" + "06");
        final List<Instruction> all = disassembler.decodeAll(code, 0, code.length, 0x10);
        assertEquals(List.of("nop", "syscall"), all.stream().map(Instruction::text).toList());
        assertEquals(0x11, all.get(1).address());
    }

    @Test
    void anInstructionThatEndsTooEarlyIsNone() {
        final byte[] code = bytes("4889d8");
        assertTrue(disassembler.decode(code, 0, 2, 0).isEmpty());
        assertTrue(disassembler.decode(code, 3, 0, 0).isEmpty());
    }

    @Test
    void lengthsOfRandomBytesAreThoseOfTheDecodedInstructions() {
        final Random random = new Random(42);
        final byte[] code = new byte[64];
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment memory = arena.allocate(code.length);
            for (int round = 0; round < 500; round++) {
                random.nextBytes(code);
                MemorySegment.copy(code, 0, memory, ValueLayout.JAVA_BYTE, 0, code.length);
                for (int at = 0; at < code.length; at++) {
                    final int expected = disassembler.decode(code, at, code.length - at, at)
                            .map(Instruction::length).orElse(0);
                    assertEquals(expected, disassembler.length(memory, at, code.length - at, at));
                }
            }
        }
    }

    @Test
    void aRangeOutsideTheCodeIsRefused() {
        assertThrows(IndexOutOfBoundsException.class, () -> disassembler.decode(new byte[4], 3, 2, 0));
        assertThrows(IllegalArgumentException.class,
                () -> disassembler.length(MemorySegment.ofArray(new byte[4]), 0, 4, 0));
    }

    @Test
    void aClosedDisassemblerSaysSo() {
        final Disassembler closed = Disassembler.open();
        closed.close();
        closed.close();
        assertThrows(IllegalStateException.class, () -> closed.decode(new byte[1], 0, 1, 0));
    }

    private static byte[] bytes(final String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
