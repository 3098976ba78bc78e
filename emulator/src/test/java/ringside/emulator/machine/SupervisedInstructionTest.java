package ringside.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.HexFormat;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ringside.emulator.testing.Guest;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.ControlRegister;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Reg8;
import ringside.toolchain.codegen.Width;

/** Checks that the translator leaves out (Intel SDM volume 2, each instruction's exceptions). */
class SupervisedInstructionTest {
    private static final int NO_FAULT = 1;
    private static final int UNDEFINED = 0x86;
    private static final int GENERAL_PROTECTION = 0x8D;

    private static int outcome(final Consumer<CodeBuilder> code) {
        final RunResult result = new Guest().program(code.andThen(c -> Guest.exit(c, NO_FAULT))).run();
        return assertInstanceOf(RunResult.Exited.class, result, result.describe()).code();
    }

    private static void bytes(final CodeBuilder c, final String hex) {
        for (final byte octet : HexFormat.of().parseHex(hex)) {
            c.db(octet & 0xFF);
        }
    }

    private static void enableSse(final CodeBuilder c) {
        c.mov(Reg64.RAX, ControlRegister.CR4);
        c.or(Reg32.EAX, 0x1_0600);
        c.mov(ControlRegister.CR4, Reg64.RAX);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "f0890f, 134, MOV", "f03b0f, 134, CMP", "f00fa30f, 134, BT", "f001cf, 134, ADD to a register",
        "f0ff37, 134, PUSH", "f090, 134, NOP", "f0010f, 1, ADD", "f0ff0f, 1, DEC", "f00fab0f, 1, BTS",
        "f00fba2f00, 1, BTS by number", "f00fba2700, 134, BT by number", "f00fc10f, 1, XADD", "f00fb10f, 1, CMPXCHG",
        "f0f717, 1, NOT", "f0f727, 134, MUL", "f0830701, 1, ADD", "f0833f01, 134, CMP", "f087cf, 134, XCHG registers",
        "f0870f, 1, XCHG"})
    void lockMayStandBeforeWhatChangesMemory(final String code, final int expected, final String name) {
        assertEquals(expected, outcome(c -> {
            c.mov(Reg64.RDI, Guest.DATA);
            c.xor(Reg32.ECX, Reg32.ECX);
            bytes(c, code);
        }), name);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({"c5f877, VZEROUPPER", "c5f85807, VADDPS", "c4e27d1807, VBROADCASTSS", "62f17c482807, VMOVAPS"})
    void vectorInstructionsThatCpuidDoesNotTellAreUndefined(final String code, final String name) {
        assertEquals(UNDEFINED, outcome(c -> {
            enableSse(c);
            c.mov(Reg64.RDI, Guest.DATA);
            bytes(c, code);
        }), name);
    }

    @Test
    void bitInstructionsWithAVexPrefixStayDefined() {
        assertEquals(0x50, outcome(c -> {
            c.mov(Reg32.EAX, 0xF0);
            c.mov(Reg32.ECX, 0x50);
            bytes(c, "c4e27bf5c1");
            bytes(c, "c4e27af5c0");
            c.mov(Reg32.EDX, 0xAF);
            bytes(c, "c4e268f2c1");
            Guest.exitWithEax(c);
        }) & 0x50);
    }

    @ParameterizedTest(name = "{2} at +{1}")
    @CsvSource({
        "0f2807, 8, MOVAPS, 141", "0f2807, 0, MOVAPS, 1", "0f2907, 4, MOVAPS store, 141", "0f1007, 8, MOVUPS, 1",
        "660f6f07, 1, MOVDQA, 141", "f30f6f07, 1, MOVDQU, 1", "0f5807, 8, ADDPS, 141", "f30f5807, 8, ADDSS, 1",
        "660f6e07, 1, MOVD, 1", "660f3a0f0708, 8, PALIGNR, 141", "660f3800 07, 8, PSHUFB, 141",
        "660f382007, 8, PMOVSXBW, 1", "66440f6f448f08, 4, MOVDQA with an index, 141",
        "66440f6f448f08, 0, MOVDQA with an index, 1", "660f7f442410, 0, MOVDQA to the stack, 1"})
    void operandOfSixteenBytesIsAligned(
            final String code, final int misalignment, final String name, final int expected) {
        assertEquals(expected, outcome(c -> {
            enableSse(c);
            c.mov(Reg64.RDI, Guest.DATA + misalignment);
            c.mov(Reg32.ECX, 2);
            bytes(c, code.replace(" ", ""));
        }), name);
    }

    @Test
    void operandBesideTheInstructionPointerIsAlignedToo() {
        assertEquals(GENERAL_PROTECTION, outcome(c -> {
            enableSse(c);
            c.align(16);
            bytes(c, "0f280501000000");
        }));
        assertEquals(NO_FAULT, outcome(c -> {
            enableSse(c);
            c.align(16);
            bytes(c, "0f280509000000");
        }));
    }

    @ParameterizedTest(name = "{0} with base {1}: {2}")
    @CsvSource({"0f0117, 800000000000, 141", "0f011f, ffff7fffffffffff, 141", "0f0117, ffff800000000000, 1"})
    void descriptorTableIsAtAnAddress(final String code, final String base, final int expected) {
        assertEquals(expected, outcome(c -> {
            c.mov(Reg64.RDI, Guest.DATA);
            c.mov(Reg64.RAX, Long.parseUnsignedLong(base, 16));
            c.mov(Mem.at(Reg64.RDI, 2), Reg64.RAX);
            bytes(c, code);
        }));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({"f3480faed0, 800000000000, 141", "f3480faed8, ffff000000000000, 141", "f30faed0, 800000000000, 1",
        "f3480faed0, ffff800000000000, 1", "f3480faed8, 7fffffffffff, 1"})
    void baseOfASegmentIsAnAddress(final String code, final String base, final int expected) {
        assertEquals(expected, outcome(c -> {
            enableSse(c);
            c.mov(Reg64.RAX, Long.parseUnsignedLong(base, 16));
            bytes(c, code);
        }));
    }

    @Test
    void reservedBitsOfMxcsrAreRefused() {
        assertEquals(GENERAL_PROTECTION, outcome(c -> {
            enableSse(c);
            c.mov(Reg64.RDI, Guest.DATA);
            c.mov(Width.DWORD, Mem.at(Reg64.RDI), 0x1_1F80);
            bytes(c, "0fae17");
        }));
        assertEquals(GENERAL_PROTECTION, outcome(c -> {
            enableSse(c);
            c.mov(Reg64.RDI, Guest.DATA);
            bytes(c, "0fae07");
            c.mov(Width.DWORD, Mem.at(Reg64.RDI, 24), 0x1_1F80);
            bytes(c, "0fae0f");
        }));
    }

    @Test
    void mxcsrTellsWhatHappened() {
        final Consumer<CodeBuilder> divide = c -> {
            enableSse(c);
            c.mov(Reg64.RDI, Guest.DATA);
            c.mov(Width.DWORD, Mem.at(Reg64.RDI), 0x3F80_0000);
            c.mov(Width.DWORD, Mem.at(Reg64.RDI, 4), 0x4040_0000);
            bytes(c, "f30f1007" + "f30f5e4704");
        };
        assertEquals(1 << 5, outcome(divide.andThen(c -> {
            bytes(c, "0fae5f10");
            c.mov(Reg32.EAX, Mem.at(Reg64.RDI, 16));
            c.and(Reg32.EAX, 0x3F);
            Guest.exitWithEax(c);
        })), "a third is inexact, by STMXCSR");
        assertEquals(1 << 5, outcome(divide.andThen(c -> {
            c.mov(Reg64.RDI, Guest.DATA + 0x100);
            bytes(c, "0fae07");
            c.mov(Reg32.EAX, Mem.at(Reg64.RDI, 24));
            c.and(Reg32.EAX, 0x3F);
            Guest.exitWithEax(c);
        })), "and by FXSAVE");
    }

    @Test
    void flushToZeroIsForSseAndNotForTheX87Unit() {
        assertEquals(1, outcome(c -> {
            enableSse(c);
            c.mov(Reg64.RDI, Guest.DATA);
            c.mov(Width.DWORD, Mem.at(Reg64.RDI), 0x9F80);
            bytes(c, "0fae17");
            c.mov(Width.DWORD, Mem.at(Reg64.RDI), 0x0080_0000);
            c.mov(Width.DWORD, Mem.at(Reg64.RDI, 4), 0x3F00_0000);
            bytes(c, "f30f1007" + "f30f594704" + "f30f114708");
            bytes(c, "d907" + "d84f04" + "d95f0c");
            c.xor(Reg32.EAX, Reg32.EAX);
            c.cmp(Width.DWORD, Mem.at(Reg64.RDI, 8), 0);
            c.setcc(Cond.E, Reg8.AL);
            c.mov(Reg32.ECX, Mem.at(Reg64.RDI, 12));
            c.cmp(Reg32.ECX, 0x0040_0000);
            c.setcc(Cond.E, Reg8.CL);
            c.and(Reg32.EAX, Reg32.ECX);
            Guest.exitWithEax(c);
        }));
    }

    @Test
    void countsAreExactAroundASupervisedInstruction() {
        try (Machine machine = new Guest().program(c -> {
            enableSse(c);
            c.mov(Reg64.RDI, Guest.DATA);
            bytes(c, "0f2807" + "0f2907" + "90" + "f0890f" + "90");
        }).machine()) {
            machine.run(Budget.steps(1000));
            final int tables = 5;
            final int before = tables + 3 + 1 + 3;
            assertEquals(before + 3, machine.instructions(), "and the three of the handler that exits");
        }
    }
}
