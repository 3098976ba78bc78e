package ringside.toolchain.asm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import ringside.toolchain.image.LineRow;
import ringside.toolchain.image.ObjectCode;
import ringside.toolchain.image.ObjectSymbol;
import ringside.toolchain.image.ObjectSymbol.Kind;
import ringside.toolchain.image.ObjectSymbol.Scope;
import ringside.toolchain.image.SourceLine;

class ObjectTest {
    @Test
    void symbolsHaveTheScopeAndKindOfTheirPlace() {
        final ObjectCode code = Asm.assemble("""
                global ring_enqueue, ring_table, RING_SLOTS
                RING_SLOTS equ 16
                ring_enqueue: nop
                helper: nop
                .inner: nop
                section .data
                ring_table: dq 0
                """);
        assertEquals(List.of(
                new ObjectSymbol("ring_enqueue", ".text", 0, Scope.GLOBAL, Kind.FUNCTION),
                new ObjectSymbol("helper", ".text", 1, Scope.LOCAL, Kind.LABEL),
                new ObjectSymbol("helper.inner", ".text", 2, Scope.LOCAL, Kind.LABEL),
                new ObjectSymbol("ring_table", ".data", 0, Scope.GLOBAL, Kind.OBJECT),
                new ObjectSymbol("RING_SLOTS", null, 16, Scope.GLOBAL, Kind.CONSTANT)), code.symbols());
    }

    @Test
    void aProbeIsASymbolAndNoByte() {
        final String with = "f: nop\nPROBE context_switch, rdi, rsi\nhlt\nPROBE tick\nret";
        final ObjectCode code = Asm.assemble(with);
        assertEquals("90f4c3", Asm.hex(with));
        assertEquals(List.of(new ObjectSymbol("probe$context_switch$rdi$rsi$1", ".text", 1, Scope.LOCAL, Kind.PROBE),
                new ObjectSymbol("probe$tick$2", ".text", 2, Scope.LOCAL, Kind.PROBE)),
                code.symbols().stream().filter(s -> s.kind() == Kind.PROBE).toList());
        assertTrue(Asm.refused("PROBE tick, edi").reason().contains("64-bit general"));
        assertTrue(Asm.refused("PROBE Tick").reason().contains("lower case"));
    }

    @Test
    void namesThatCannotBeAreRefused() {
        assertTrue(Asm.refused("global nothing").reason().contains("not defined"));
        assertTrue(Asm.refused("x:\nx:").reason().contains("twice"));
        assertTrue(Asm.refused("rax: nop").reason().contains("register"));
        assertTrue(Asm.refused("extern x\nx: nop").reason().contains("extern"));
        assertTrue(Asm.refused("x: nop\nextern x").reason().contains("extern"));
        assertTrue(Asm.refused("f:\nglobal .x").reason().contains("local label"));
    }

    @Test
    void linesOfAMacroAreThoseOfItsBody() {
        final ObjectCode code = Asm.assemble(Map.of("unit.asm", "%include \"m.inc\"\nnop\nTWO\nhlt\n",
                "m.inc", "%macro TWO\n    cli\n    sti\n%endmacro\n"));
        assertEquals(List.of(row(0, "unit.asm", 2), row(1, "m.inc", 2), row(2, "m.inc", 3), row(3, "unit.asm", 4)),
                Asm.section(code, ".text").lines());
    }

    @Test
    void dataAndPaddingHaveLinesToo() {
        final ObjectCode code = Asm.assemble("section .data\n\ndb 1\nalign 8\ndq 2\nx:\n");
        assertEquals(List.of(row(0, "unit.asm", 3), row(1, "unit.asm", 4), row(8, "unit.asm", 5)),
                Asm.section(code, ".data").lines());
    }

    @Test
    void anErrorShowsFileLineReasonTextAndWhereItCameFrom() {
        final AsmException e = Asm.refused(Map.of("unit.asm", "nop\n%include \"m.inc\"\n  BAD rax ; why",
                "m.inc", "%macro BAD r\n    frobnicate %r\n%endmacro"));
        assertEquals("""
                m.inc:2: no such instruction, directive or macro
                    frobnicate rax
                  from unit.asm:3: BAD rax ; why""", e.getMessage());
        assertEquals("m.inc", e.file());
        assertEquals(2, e.line());
        assertEquals("frobnicate rax", e.text());
    }

    @Test
    void theFirstWrongLineIsReported() {
        assertEquals(2, Asm.refused("nop\nmov cr3, al\nmov al, 256").line());
        assertEquals(3, Asm.refused("nop\nnop\nmov [rax], 1\nmov cr3, al").line());
    }

    @Test
    void theSameSourceGivesTheSameObjectAgain() {
        final String text = "global f\nf: mov rax, [rel x]\njmp f\nPROBE a, rdi\nsection .data\nx: dq f, $";
        final ObjectCode first = Asm.assemble(text);
        try (Assembler other = Assembler.start(SourceTree.of(Map.of("unit.asm", text)))) {
            final ObjectCode second = other.assemble("unit.asm", Map.of());
            assertEquals(first.symbols(), second.symbols());
            assertEquals(Asm.section(first, ".text").relocations(), Asm.section(second, ".text").relocations());
            assertArrayEquals(Asm.section(first, ".text").bytes(),
                    Asm.section(second, ".text").bytes());
        }
    }

    private static LineRow row(final int offset, final String file, final int line) {
        return new LineRow(offset, new SourceLine(file, line));
    }
}
