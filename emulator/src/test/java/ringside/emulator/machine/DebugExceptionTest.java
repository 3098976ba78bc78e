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
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;

/** Debug exceptions and what they count (Intel SDM volume 3, 17.2 and 17.3). */
class DebugExceptionTest {
    private static final int DEBUG = 1;
    private static final int WRITES = 0xD_0001;
    private static final int READS_AND_WRITES = 0xF_0001;

    private static void bytes(final CodeBuilder c, final String hex) {
        for (final byte octet : HexFormat.of().parseHex(hex)) {
            c.db(octet & 0xFF);
        }
    }

    private static void debug(final CodeBuilder c, final int register, final long value) {
        c.mov(Reg64.RAX, value);
        c.db(0x0F, 0x23, 0xC0 | register << 3);
    }

    /** Ends with DR6's hits, and in the next byte the distance of the pushed RIP from RBX. */
    private static void tell(final CodeBuilder c) {
        c.db(0x0F, 0x21, 0xF2);
        c.and(Reg32.EDX, 0x400F);
        c.mov(Reg64.RAX, Mem.at(Reg64.RSP));
        c.sub(Reg64.RAX, Reg64.RBX);
        c.shl(Reg32.EAX, 16);
        c.or(Reg32.EAX, Reg32.EDX);
        Guest.exitWithEax(c);
    }

    private static int run(final Consumer<CodeBuilder> program) {
        final RunResult result = new Guest().program(program.andThen(c -> Guest.exit(c, 0))).handler(DEBUG,
                DebugExceptionTest::tell).run();
        return assertInstanceOf(RunResult.Exited.class, result, result.describe()).code();
    }

    private static void watch(final CodeBuilder c, final long address, final int control) {
        debug(c, 0, address);
        debug(c, 7, control);
        c.mov(Reg64.RDI, Guest.DATA);
        c.xor(Reg32.ECX, Reg32.ECX);
        bytes(c, "488d1d00000000");
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource({
        "8907, d0001, 20001, a write behind the instruction", "8b07, d0001, 0, a read where writes count",
        "8b07, f0001, 20001, a read where both count", "894f04, d0001, 0, a write beside it",
        "894ffd, d0001, 30001, a write over its first byte", "8b4f01, f0001, 30001, a read over its first bytes",
        "8b4f04, f0001, 0, a read beside it", "8b4f03, 30001, 0, a read whose aligned halves cover it",
        "90908907, d0001, 40001, a write in the middle of a block", "0107, f0001, 20001, a read and a write",
        "8907, d0002, 20001, enabled for all tasks", "8907, d0004, 0, another one is enabled"})
    void dataBreakpointTrapsBehindTheInstruction(
            final String code, final String control, final String expected, final String name) {
        assertEquals(Integer.parseInt(expected, 16), run(c -> {
            watch(c, Guest.DATA, Integer.parseInt(control, 16));
            bytes(c, code);
        }), name);
    }

    @Test
    void dataBreakpointOfAnInstructionThatFaultsIsForgotten() {
        final RunResult result = new Guest().program(c -> {
            watch(c, Guest.DATA, READS_AND_WRITES);
            c.mov(Reg64.RSI, 1L << 40);
            bytes(c, "ff3e");
        }).handler(DEBUG, DebugExceptionTest::tell).run();
        assertEquals(new RunResult.Exited(0x8E), result);
    }

    @Test
    void singleStepAndDataBreakpointComeTogether() {
        assertEquals(0x2_4001, run(c -> {
            debug(c, 0, Guest.DATA);
            debug(c, 7, WRITES);
            c.mov(Reg64.RDI, Guest.DATA);
            c.push(0x102);
            bytes(c, "488d1d01000000");
            c.popfq();
            bytes(c, "8907");
        }));
    }

    @Test
    void breakpointOnAPushByAnExceptionTrapsInItsHandler() {
        final RunResult result = new Guest().program(c -> {
            debug(c, 0, 0x27_0000 - Long.BYTES);
            debug(c, 7, 0x9_0001);
            c.ud2();
        }).handler(6, c -> Guest.exit(c, 66)).handler(DEBUG, c -> Guest.exit(c, 67)).run();
        assertEquals(new RunResult.Exited(67), result);
    }

    @Test
    void countsAreExactThroughEveryKindOfDebugException() {
        final Guest guest = new Guest().program(c -> {
            debug(c, 0, Guest.DATA);
            debug(c, 7, WRITES);
            c.mov(Reg64.RDI, Guest.DATA);
            bytes(c, "90" + "8907" + "90" + "8907" + "90");
            c.push(0x102);
            c.popfq();
            c.nop();
            c.push(2);
            c.popfq();
            c.db(0xF1);
            c.nop();
            Guest.exit(c, 0);
        }).handler(DEBUG, CodeBuilder::iretq);
        for (final long slice : new long[] {1_000_000, 1, 2, 3}) {
            try (Machine machine = guest.machine()) {
                RunResult result = machine.run(Budget.steps(slice));
                while (result instanceof RunResult.BudgetSpent) {
                    result = machine.run(Budget.steps(slice));
                }
                assertEquals(new RunResult.Exited(0), result);
                final int program = 5 + 4 + 1 + 5 + 2 + 1 + 2 + 1 + 1 + 3;
                final int traps = 2 + 3 + 1;
                assertEquals(program + traps, machine.instructions(), "slice=" + slice);
            }
        }
    }

    @Test
    void storeToTheStackWithABreakpointOnItsOldPlaceIsNoHit() {
        assertEquals(0, run(c -> {
            watch(c, Guest.DATA + 0x800, WRITES);
            c.push(Reg64.RAX);
            c.mov(Width.QWORD, Mem.at(Reg64.RDI), 1);
        }));
    }
}
