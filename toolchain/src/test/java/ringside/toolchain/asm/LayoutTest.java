package ringside.toolchain.asm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import ringside.toolchain.disasm.Disassembler;
import ringside.toolchain.disasm.Instruction;
import ringside.toolchain.image.ObjectCode;
import ringside.toolchain.image.ObjectSection;

class LayoutTest {
    @Test
    void aJumpForwardIsShortUpTo127Bytes() {
        assertTrue(Asm.hex("jmp end\nfill 127, 0x90\nend:").startsWith("eb7f90"));
        assertTrue(Asm.hex("jmp end\nfill 128, 0x90\nend:").startsWith("e98000000090"));
        assertTrue(Asm.hex("je end\nfill 127, 0x90\nend:").startsWith("747f90"));
        assertTrue(Asm.hex("je end\nfill 128, 0x90\nend:").startsWith("0f848000000090"));
    }

    @Test
    void aJumpBackIsShortUpTo128Bytes() {
        assertTrue(Asm.hex("start: fill 126, 0x90\njmp start").endsWith("90eb80"));
        assertTrue(Asm.hex("start: fill 127, 0x90\njmp start").endsWith("90e97cffffff"));
        assertTrue(Asm.hex("start: fill 126, 0x90\njnz start").endsWith("907580"));
        assertTrue(Asm.hex("start: fill 127, 0x90\njnz start").endsWith("900f857bffffff"));
    }

    @Test
    void aJumpThatGrowsMakesOthersGrow() {
        // The second jump is in reach only while the first one is short.
        assertEquals("e9", Asm.hex("jmp a\njmp b\nfill 125, 0x90\na: fill 200, 0x90\nb:").substring(0, 2));
        assertEquals("eb", Asm.hex("jmp a\njmp near b\nfill 122, 0x90\na: fill 200, 0x90\nb:").substring(0, 2));
    }

    @Test
    void alignmentIsComputedAgainWhenAJumpGrows() {
        final String code = Asm.hex("jmp end\nalign 16\ntarget: fill 200, 0xcc\nend:");
        assertTrue(code.startsWith("e9d3000000"), code);
        assertEquals("90cc", code.substring(30, 34));
    }

    @Test
    void callsAreNearAndWordsForceTheForm() {
        assertEquals("e800000000", Asm.hex("call x\nx:"));
        assertEquals("e900000000", Asm.hex("jmp near x\nx:"));
        assertEquals("eb00", Asm.hex("jmp short x\nx:"));
        assertEquals("0f8400000000", Asm.hex("jz near x\nx:"));
        assertTrue(Asm.refused("call short x\nx:").reason().contains("no short form"));
        assertTrue(Asm.refused("jmp short x\nfill 128, 0\nx:").reason().contains("reaches -128 to 127"));
    }

    @Test
    void loopsAndCountJumpsAreShortOnly() {
        assertEquals("e2fe" + "e1fc" + "e0fa" + "e3f8" + "67e3f5",
                Asm.hex("x: loop x\nloopz x\nloopne x\njrcxz x\njecxz x"));
        assertEquals("e3fe", Asm.hex("bits 32\nx: jecxz x"));
        assertTrue(Asm.refused("loop x\nfill 128, 0\nx:").reason().contains("128 bytes away"));
        assertTrue(Asm.refused("loop external").reason().contains("labels of its own section"));
        assertTrue(Asm.refused("bits 32\nx: jrcxz x").reason().contains("no such jump"));
        assertTrue(Asm.refused("jmp 0x1000").reason().contains("is a label"));
    }

    @Test
    void everyConditionHasItsOpcode() {
        final String[] names = {"jo", "jno", "jc", "jnc", "jz", "jnz", "jna", "ja", "js", "jns", "jpe", "jpo", "jnge",
            "jnl", "jng", "jg"};
        for (int i = 0; i < names.length; i++) {
            assertEquals(String.format("%02x00", 0x70 + i), Asm.hex(names[i] + " x\nx:"), names[i]);
            assertEquals(String.format("0f%02x00000000", 0x80 + i), Asm.hex(names[i] + " near x\nx:"), names[i]);
        }
    }

    @Test
    void randomJumpsGoToTheirLabelsAndNoneIsLongerThanItHasToBe() {
        final Random random = new Random(11);
        for (int round = 0; round < 20; round++) {
            final int labels = 60;
            final StringBuilder text = new StringBuilder();
            for (int i = 0; i < labels; i++) {
                text.append("l").append(i).append(": ").append(random.nextBoolean() ? "jmp" : "jne").append(" l")
                        .append(random.nextInt(labels)).append("\nfill ").append(random.nextInt(12)).append(", 0x90\n");
                if (random.nextInt(10) == 0) {
                    text.append("align 8, 0x90\n");
                }
            }
            text.append("section .rodata\n");
            for (int i = 0; i < labels; i++) {
                text.append("dd l").append(i).append('\n');
            }
            check(text.toString());
        }
    }

    /** The table after the code tells where the labels are; the disassembler tells where the jumps go. */
    private static void check(final String text) {
        final ObjectCode object = Asm.assemble(text);
        final ObjectSection code = Asm.section(object, ".text");
        final List<Long> labels = Asm.section(object, ".rodata").relocations().stream()
                .map(relocation -> object.symbols().stream().filter(s -> s.name().equals(relocation.symbol()))
                        .findFirst().orElseThrow().value()).toList();
        final List<String> targets = text.lines().filter(line -> line.startsWith("l"))
                .map(line -> line.replaceAll(".* l", "")).toList();
        int jump = 0;
        try (Disassembler disassembler = Disassembler.open()) {
            for (final Instruction instruction : disassembler.decodeAll(code.bytes(), 0, code.bytes().length, 0)) {
                if (instruction.mnemonic().startsWith("j")) {
                    assertEquals(labels.get(jump), instruction.address());
                    final long target = labels.get(Integer.parseInt(targets.get(jump)));
                    assertEquals(target, Long.decode(instruction.operands()));
                    final long distance = target - instruction.address() - instruction.length();
                    assertTrue(instruction.length() == 2 || distance < -120 || distance > 120,
                            instruction.text() + " is long for " + distance);
                    jump++;
                }
            }
        }
        assertEquals(labels.size(), jump);
    }

    @Test
    void sectionsAccumulateAndKeepTheirOrder() {
        final ObjectCode object = Asm.assemble("section .data\ndb 1\nsection .text\nnop\nsection .data\ndb 2");
        assertEquals(List.of(".data", ".text"), object.sections().stream().map(ObjectSection::name).toList());
        assertEquals(2, object.sections().getFirst().bytes()[1]);
    }

    @Test
    void paddingOfCodeIsInstructionsAndOfDataIsZero() {
        final byte[] code = Asm.section(Asm.assemble("ret\nalign 32\nret"), ".text").bytes();
        try (Disassembler disassembler = Disassembler.open()) {
            final List<Instruction> all = disassembler.decodeAll(code, 0, code.length, 0);
            assertEquals(code.length, all.getLast().address() + all.getLast().length());
            assertTrue(all.size() <= 6, all.toString());
        }
        assertEquals(0, Asm.section(Asm.assemble("section .data\ndb 1\nalign 4\ndb 2"), ".data").bytes()[3]);
        assertEquals(64, Asm.section(Asm.assemble("section .data\nalign 64\ndb 2"), ".data").align());
        assertTrue(Asm.refused("align 3").reason().contains("power of two"));
    }

    @Test
    void aSectionOfReservedRoomTakesNoBytes() {
        final ObjectSection bss = Asm.section(Asm.assemble("section .bss\na: resb 5\nalign 8\nb: resb 8"), ".bss");
        assertEquals(0, bss.bytes().length);
        assertEquals(16, bss.zeroBytes());
    }
}
