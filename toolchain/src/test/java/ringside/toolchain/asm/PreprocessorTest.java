package ringside.toolchain.asm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.toolchain.image.ObjectSection;

class PreprocessorTest {
    @TempDir
    Path directory;

    @Test
    void anIncludeIsFoundFromTheRootAndBesideTheIncludingFile() {
        assertEquals("0102", hex(Map.of(
                "unit.asm", "%include \"a/one.inc\"",
                "a/one.inc", "db 1\n%include \"two.inc\"",
                "a/two.inc", "db 2")));
    }

    @Test
    void aFileIsTakenOnceAUnit() {
        assertEquals("01", hex(Map.of("unit.asm", "%include \"a.inc\"\n%include \"./a.inc\"",
                "a.inc", "X equ 1\ndb X")));
    }

    @Test
    void anIncludeCycleIsNamedWithItsFiles() {
        final AsmException e = Asm.refused(Map.of("unit.asm", "%include \"a.inc\"",
                "a.inc", "%include \"b.inc\"", "b.inc", "; first\n%include \"a.inc\""));
        assertEquals("b.inc:2: include cycle: unit.asm -> a.inc -> b.inc -> a.inc", e.getMessage().lines().findFirst()
                .orElseThrow());
        assertTrue(e.getMessage().contains("from unit.asm:1"), e.getMessage());
    }

    @Test
    void aMissingIncludeAndOneThatLeadsOutOfTheTreeAreRefusedAtTheirLine() {
        assertEquals("no such file: no.inc", Asm.refused("nop\n%include \"no.inc\"").reason());
        assertEquals("no such file: ../secret.inc", Asm.refused("%include \"../secret.inc\"").reason());
        assertEquals("no such file: /etc/passwd", Asm.refused("%include \"/etc/passwd\"").reason());
    }

    @Test
    void includesNestToABoundedDepth() {
        final Map<String, String> texts = new HashMap<>();
        texts.put("unit.asm", "%include \"f0.inc\"");
        for (int i = 0; i < 40; i++) {
            texts.put("f" + i + ".inc", "%include \"f" + (i + 1) + ".inc\"");
        }
        assertTrue(Asm.refused(texts).reason().contains("includes nest"));
    }

    @Test
    void aMacroPutsItsArgumentsInPlace() {
        assertEquals("01020304", Asm.hex("""
                %macro BYTES first, last
                    db %first, 1 + %last
                %endmacro
                BYTES 1, 1
                BYTES {3}, 1 * (2 + 1)
                """));
    }

    @Test
    void bracesEndTheNameOfAParameter() {
        assertEquals("05", Asm.hex("%macro M n\nA_%{n}_B equ 5\n%endmacro\nM x\ndb A_x_B"));
    }

    @Test
    void argumentsKeepCommasInQuotesAndBrackets() {
        assertEquals("2c" + "488b442408", Asm.hex("""
                %macro M text, operand
                    db %text
                    mov rax, %operand
                %endmacro
                M ",", [rsp + 8]
                """));
    }

    @Test
    void quotedTextIsNoPlaceForParameters() {
        assertEquals(HexFormat.of().formatHex("%n".getBytes(StandardCharsets.US_ASCII)),
                Asm.hex("%macro M n\ndb \"%n\"\n%endmacro\nM 1"));
    }

    @Test
    void labelsOfAMacroBelongToOneExpansion() {
        assertEquals("ebfeebfe", Asm.hex("%macro SPIN\n%%again: jmp %%again\n%endmacro\nSPIN\nSPIN"));
    }

    @Test
    void aMacroMayUseAnotherButNotWithoutEnd() {
        assertEquals("07", Asm.hex("%macro A\nB 7\n%endmacro\n%macro B x\ndb %x\n%endmacro\nA"));
        final AsmException e = Asm.refused("%macro A\nA\n%endmacro\nA");
        assertTrue(e.reason().contains("macros nest more than"), e.reason());
        assertEquals(2, e.line());
    }

    @Test
    void anExpansionThatDoublesAtEachStepIsStopped() {
        final StringBuilder text = new StringBuilder("%macro M0\n%if 0\n%endif\n%endmacro\n");
        for (int i = 1; i < 40; i++) {
            text.append("%macro M").append(i).append("\nM").append(i - 1).append("\nM").append(i - 1)
                    .append("\n%endmacro\n");
        }
        assertTrue(Asm.refused(text + "M39").reason().contains("more than"));
    }

    @Test
    void aMacroCalledWithTheWrongNumberOfArgumentsSaysBoth() {
        assertEquals("M takes 2 arguments, and 1 are given",
                Asm.refused("%macro M a, b\n%endmacro\nM 1").reason());
    }

    @Test
    void aMacroIsDefinedOnceAndNotInsideAnother() {
        assertTrue(Asm.refused("%macro M\n%endmacro\n%macro M\n%endmacro").reason().contains("twice"));
        assertTrue(Asm.refused("%macro M\n%macro N\n%endmacro\n%endmacro").reason().contains("inside another"));
        assertTrue(Asm.refused("%macro M\nnop").reason().contains("no %endmacro"));
    }

    @Test
    void repetitionCountsItsRounds() {
        assertEquals("00000101", Asm.hex("%rep 2, i\n%rep 2\ndb %i\n%endrep\n%endrep"));
        assertTrue(Asm.refused("%rep 99999999999\n%endrep").reason().contains("count"));
    }

    @Test
    void oneBranchOfAConditionalCounts() {
        final String text = """
                %if FEATURE == 1
                    db 1
                %elif FEATURE == 2
                    db 2
                    %if 0
                        nonsense here
                    %else
                        db 0x22
                    %endif
                %else
                    db 3
                %endif
                """;
        for (final Map.Entry<Long, String> expected : Map.of(1L, "01", 2L, "0222", 9L, "03").entrySet()) {
            final ObjectSection section = Asm.section(Asm.assemble(Map.of("unit.asm", text),
                    Map.of("FEATURE", expected.getKey())), ".text");
            assertEquals(expected.getValue(), HexFormat.of().formatHex(section.bytes()));
        }
    }

    @Test
    void aConditionThatDoesNotMatterIsNotAsked() {
        assertEquals("01", Asm.hex("%if 0\n%if UNKNOWN / 0\n%endif\n%elif 1\ndb 1\n%elif UNKNOWN\n%endif"));
    }

    @Test
    void definednessCoversConstantsAndMacros() {
        assertEquals("0104", Asm.hex("""
                X equ 0
                %macro M
                %endmacro
                %ifdef X
                db 1
                %endif
                %ifndef X
                db 2
                %endif
                %ifdef Y
                db 3
                %endif
                %ifdef M
                db 4
                %endif
                """));
    }

    @Test
    void conditionalsAreBalancedInEveryFileAndMacro() {
        assertEquals("unit.asm:2: this conditional has no %endif",
                Asm.refused("nop\n%if 1\nnop").getMessage().lines().findFirst().orElseThrow());
        assertTrue(Asm.refused("%endif").reason().contains("without its %if"));
        assertTrue(Asm.refused("%if 1\n%else\n%else\n%endif").reason().contains("without its %if"));
        assertTrue(Asm.refused("%macro M\n%if 1\n%endmacro\nM\n%endif").reason().contains("no %endif"));
    }

    @Test
    void errorAndAssertSpeakWithTheirOwnText() {
        assertEquals("no such board", Asm.refused("%error \"no such board\"").reason());
        assertEquals("the frame is full", Asm.refused("%assert 1 == 2, \"the frame is full\"").reason());
    }

    @Test
    void anAssertionSeesTheFinishedLayout() {
        assertEquals("9090", Asm.hex("a: nop\nnop\nb:\n%assert b - a == 2, \"two bytes\""));
        assertEquals("two bytes", Asm.refused("a: jmp b\nb:\n%assert b - a == 3, \"two bytes\"").reason());
    }

    @Test
    void longLinesAreRefused() {
        assertTrue(Asm.refused("db " + "1,".repeat(2000) + "1").reason().contains("longer than"));
        assertTrue(Asm.refused("%macro M a\ndb %a, %a\n%endmacro\nM \"" + "x".repeat(900) + "\"").reason()
                .contains("grows beyond"));
    }

    @Test
    void aDirectoryIsATreeAndAnOverlayComesFirst() throws Exception {
        Files.createDirectories(directory.resolve("lib"));
        Files.writeString(directory.resolve("lib/a.inc"), "below");
        Files.writeString(directory.resolve("b.inc"), "b");
        final SourceTree tree = SourceTree.of(Map.of("lib/a.inc", "above")).over(SourceTree.directory(directory));
        assertEquals("above", tree.read("lib/a.inc").orElseThrow());
        assertEquals("b", tree.read("b.inc").orElseThrow());
        assertTrue(tree.read("lib").isEmpty());
        assertTrue(tree.read("none").isEmpty());
    }

    @Test
    void aSourceThatIsNoTextIsRefusedByName() throws Exception {
        Files.write(directory.resolve("unit.asm"), new byte[] {(byte) 0xff, 0});
        try (Assembler assembler = Assembler.start(SourceTree.directory(directory))) {
            final AsmException e =
                    assertThrows(AsmException.class, () -> assembler.assemble("unit.asm", Map.of()));
            assertTrue(e.reason().contains("cannot read unit.asm: not UTF-8"), e.reason());
            assertThrows(AsmException.class, () -> assembler.assemble("../unit.asm", Map.of()));
            assertThrows(AsmException.class, () -> assembler.assemble("no.asm", Map.of()));
        }
    }

    @Test
    void resourcesOfAModuleAreATree() {
        assertTrue(SourceTree.resources(Assembler.class, "ringside/toolchain/natives").read("natives.lock")
                .orElseThrow().contains("keystone"));
        assertTrue(SourceTree.resources(Assembler.class, "ringside").read("none").isEmpty());
    }

    private static String hex(final Map<String, String> texts) {
        return HexFormat.of().formatHex(Asm.section(Asm.assemble(texts), ".text").bytes());
    }
}
