package ringside.toolchain.asm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import ringside.toolchain.image.ObjectCode;
import ringside.toolchain.image.Relocation;
import ringside.toolchain.image.Relocation.Kind;

class RelocationTest {
    @Test
    void distancesCountFromTheEndOfTheInstruction() {
        only("mov rax, [rel ext]", 3, Kind.PC32, "ext", -4);
        only("lea rdi, [rel ext + 8]", 3, Kind.PC32, "ext", 4);
        only("mov qword [rel ext], 1", 3, Kind.PC32, "ext", -8);
        only("mov dword [rel ext], 1", 2, Kind.PC32, "ext", -8);
        only("mov word [rel ext], 1", 3, Kind.PC32, "ext", -6);
        only("cmp byte [rel ext], 1", 2, Kind.PC32, "ext", -5);
        only("add qword [rel ext], 1", 3, Kind.PC32, "ext", -5);
        only("lgdt [rel ext]", 3, Kind.PC32, "ext", -4);
        only("inc qword gs:[rel ext]", 4, Kind.PC32, "ext", -4);
        only("jmp [rel ext]", 2, Kind.PC32, "ext", -4);
        only("call ext", 1, Kind.PC32, "ext", -4);
        only("jmp ext", 1, Kind.PC32, "ext", -4);
        only("jne ext + 2", 2, Kind.PC32, "ext", -2);
    }

    @Test
    void addressesInDisplacementsAndNumbersMustSurviveSignExtension() {
        only("mov rax, [rbx + ext]", 3, Kind.ABS32S, "ext", 0);
        only("mov rax, [ext + rcx*8 - 16]", 4, Kind.ABS32S, "ext", -16);
        only("mov rax, [ext]", 4, Kind.ABS32S, "ext", 0);
        only("mov rax, gs:[ext]", 5, Kind.ABS32S, "ext", 0);
        only("mov gs:[ext + 8], rbx", 5, Kind.ABS32S, "ext", 8);
        only("cmp rdi, ext", 3, Kind.ABS32S, "ext", 0);
        only("mov qword [rdi], ext", 3, Kind.ABS32S, "ext", 0);
        only("push ext", 1, Kind.ABS32S, "ext", 0);
        only("mov eax, ext", 1, Kind.ABS32, "ext", 0);
        only("mov dword [rdi], ext", 2, Kind.ABS32, "ext", 0);
    }

    @Test
    void aRegisterOf64BitsTakesTheWholeAddress() {
        only("mov rax, ext", 2, Kind.ABS64, "ext", 0);
        only("movabs r9, ext + 1", 2, Kind.ABS64, "ext", 1);
        only("dq ext - 0x1000", 0, Kind.ABS64, "ext", -0x1000);
        only("dd ext", 0, Kind.ABS32, "ext", 0);
        only("dd ext - $", 0, Kind.PC32, "ext", 0);
    }

    @Test
    void codeOf32BitsTakesAddressesOf32Bits() {
        only("bits 32\nlgdt [ext]", 3, Kind.ABS32, "ext", 0);
        only("bits 32\nmov eax, [ext]", 1, Kind.ABS32, "ext", 0);
        only("bits 32\nmov esp, ext", 1, Kind.ABS32, "ext", 0);
        only("bits 32\nmov [edi + ext], eax", 2, Kind.ABS32, "ext", 0);
        only("bits 32\npush ext", 1, Kind.ABS32, "ext", 0);
        only("bits 32\njmp ext", 1, Kind.PC32, "ext", -4);
        only("bits 32\njmp dword 8:ext", 1, Kind.ABS32, "ext", 0);
        assertTrue(Asm.hex("bits 32\njmp 0x18:0x12345678").equals("ea785634121800"));
        assertTrue(Asm.refused("bits 32\nmov eax, [rel ext]").reason().contains("64-bit code only"));
        assertTrue(Asm.refused("jmp 8:ext").reason().contains("32-bit code only"));
    }

    @Test
    void anAddressAndANumberStandSideBySide() {
        final ObjectCode code = Asm.assemble("mov qword [rdi + one], two");
        assertEquals(List.of(new Relocation(3, Kind.ABS32S, "one", 0), new Relocation(7, Kind.ABS32S, "two", 0)),
                Asm.section(code, ".text").relocations());
    }

    @Test
    void aLabelOfTheSameSectionNeedsNoLinker() {
        assertEquals("488d0500000000", Asm.hex("lea rax, [rel x]\nx:"));
        assertEquals("488d05f9ffffff", Asm.hex("x: lea rax, [rel x]"));
        assertEquals("48c705fcffffff00000000".length(), Asm.hex("mov qword [rel x], 0\nx:").length());
        assertEquals("c7050000000001000000", Asm.hex("mov dword [rel x], 1\nx:"));
    }

    @Test
    void hiddenLabelsAreNamedByTheVisibleOneBefore() {
        only("%macro SELF\n%%here: dq %%here\n%endmacro\nf: nop\nSELF", 1, Kind.ABS64, "f", 1);
        only("f: nop\ndq $ + 2", 1, Kind.ABS64, "f", 3);
        only("nop\ndq $", 1, Kind.ABS64, ".text$start", 1);
    }

    @Test
    void localLabelsAreSymbolsWithTheNameOfTheirRoutine() {
        only("f: nop\n.retry: dq .retry", 1, Kind.ABS64, "f.retry", 0);
        only("section .data\nd: db 0\n.in: db 0\nsection .text\nlea rax, [rel d.in]", 3, Kind.PC32, "d.in", -4);
    }

    @Test
    void localLabelsBelongToTheLabelBefore() {
        assertEquals("eb02" + "ebfe" + "ebfe", Asm.hex("f: jmp .x\n.y: jmp f.y\n.x: jmp .x"));
        assertEquals("ebfe" + "ebfe", Asm.hex("f:\n.x: jmp .x\ng:\n.x: jmp .x"));
        assertEquals("no such local label: f.y", Asm.refused("f: call .y").reason());
        assertTrue(Asm.refused(".x: nop").reason().contains("before any label"));
        assertTrue(Asm.refused("f:\n.x:\n.x:").reason().contains("twice"));
    }

    @Test
    void addressesThatDoNotFitAreRefused() {
        assertTrue(Asm.refused("db ext").reason().contains("8 bits"));
        assertTrue(Asm.refused("extern ext\nmov al, ext").reason().contains("8 bits"));
        assertTrue(Asm.refused("extern ext\nshl rax, ext").reason().contains("no room"));
        assertTrue(Asm.refused("mov rax, [0x80000000]").reason().contains("sign-extended"));
        assertTrue(Asm.refused("mov rax, [rbx + 0xffffffff]").reason().contains("sign-extended"));
        assertTrue(Asm.refused("dq a - b\na:\nsection .data\nb:").reason().contains("subtracted"));
    }

    @Test
    void numbersThatLookLikePlaceholdersAreNotConfused() {
        final AsmException e = Asm.refused("mov dword [rdi + ext], 0x5a17c3d2");
        assertTrue(e.reason().contains("looks like the placeholder"), e.reason());
        assertEquals("b8d2c3175a", Asm.hex("mov eax, 0x5a17c3d2"));
    }

    private static void only(final String text, final int offset, final Kind kind, final String symbol,
            final long addend) {
        final ObjectCode code = Asm.assemble(Map.of("unit.asm", text));
        assertEquals(List.of(new Relocation(offset, kind, symbol, addend)),
                Asm.section(code, ".text").relocations(), text);
    }
}
