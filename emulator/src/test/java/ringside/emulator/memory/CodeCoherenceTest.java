package ringside.emulator.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.engine.EngineExit;
import ringside.emulator.testing.BareCpu;
import ringside.emulator.testing.Guest;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Reg8;
import ringside.toolchain.codegen.Width;

/** No CPU ever runs code that is not there any more, whoever wrote over it and by whatever address. */
class CodeCoherenceTest {
    private static final long PLENTY = 1_000_000;
    /** mov eax, imm32; hlt. */
    private static final long ROUTINE = 0x20_0000;
    private static final long IMMEDIATE = ROUTINE + 1;
    private static final long ALIAS = 1L << 30;
    private static final int EFER = 0xC000_0080;
    private static final int EFER_LONG_MODE_NX = 0xD00;
    private static final long NO_EXECUTE = 1L << 63;

    private final GuestRam ram = GuestRam.allocate(BareCpu.RAM);
    private BareCpu first;
    private BareCpu second;

    @BeforeEach
    void open() {
        first = BareCpu.at(ram, 0, BareCpu.CODE);
        second = BareCpu.at(ram, 1, BareCpu.CODE);
        first.put(ROUTINE, c -> answer(c, 1));
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
        ram.close();
    }

    private static void answer(final CodeBuilder c, final int value) {
        c.mov(Reg32.EAX, value);
        c.hlt();
    }

    private static long answerOf(final BareCpu cpu, final long routine) {
        assertEquals(EngineExit.Reason.HALTED, cpu.run(routine, PLENTY).reason());
        return cpu.read(CpuRegister.RAX);
    }

    /** A program that stores a byte and stops. */
    private static void store(final BareCpu cpu, final long at, final long address, final int value) {
        cpu.put(at, c -> {
            c.mov(Reg64.RDI, address);
            c.mov(Width.BYTE, Mem.at(Reg64.RDI), value);
            c.hlt();
        });
        assertEquals(EngineExit.Reason.HALTED, cpu.run(at, PLENTY).reason());
    }

    @Test
    void codeThatAnotherCpuWroteOverIsGone() {
        for (int value = 2; value < 10; value++) {
            assertEquals(value - 1, answerOf(second, ROUTINE));
            assertEquals(value - 1, answerOf(first, ROUTINE));
            store(first, BareCpu.CODE, IMMEDIATE, value);
        }
        assertEquals(9, answerOf(first, ROUTINE));
        assertEquals(9, answerOf(second, ROUTINE));
    }

    @Test
    void codeInTwoPagesIsGoneWhenEitherIsWritten() {
        final long across = ROUTINE + 2 * GuestRam.PAGE - 2;
        first.put(across, c -> answer(c, 1));
        assertEquals(1, answerOf(second, across));
        store(first, BareCpu.CODE, across + 2, 1);
        assertEquals(0x101, answerOf(second, across));
        store(first, BareCpu.CODE, across + 1, 2);
        assertEquals(0x102, answerOf(second, across));
        assertEquals(0x102, answerOf(first, across));
        store(second, BareCpu.CODE + 0x100, across + 3, 3);
        assertEquals(0x3_0102, answerOf(first, across));
    }

    @Test
    void startCodeWrittenAnewBetweenTwoStartsIsRun() {
        final long trampoline = 0x8000;
        for (int start = 0; start < 4; start++) {
            final int value = start;
            final byte[] code = BareCpu.code(c -> answer(c, value));
            first.put(BareCpu.CODE, c -> {
                c.mov(Reg64.RDI, trampoline);
                for (final byte octet : code) {
                    c.mov(Width.BYTE, Mem.at(Reg64.RDI), octet);
                    c.inc(Reg64.RDI);
                }
                c.hlt();
            });
            first.run(BareCpu.CODE, PLENTY);
            assertEquals(value, answerOf(second, trampoline));
        }
    }

    /** The kernel's way: pages are executable in one place, writable and not executable in another. */
    @Test
    void codeWrittenThroughAnotherAddressIsGone() {
        aliasOf();
        first.put(BareCpu.CODE, c -> {
            Guest.writeMsr(c, EFER, EFER_LONG_MODE_NX);
            c.mov(Reg64.RSP, BareCpu.DATA);
            c.mov(Reg64.RBX, ROUTINE);
            c.mov(Reg64.RDI, ALIAS + ROUTINE);
            // The first store makes the alias one that may be stored to without a look; then the code appears.
            c.mov(Width.BYTE, Mem.at(Reg64.RDI, 0x800), 0x55);
            c.mov(Width.BYTE, Mem.at(Reg64.RDI, 0x801), 0x55);
            c.call(Reg64.RBX);
            c.mov(Reg32.ESI, Reg32.EAX);
            c.mov(Width.BYTE, Mem.at(Reg64.RDI, 1), 2);
            c.call(Reg64.RBX);
            c.shl(Reg32.ESI, 8);
            c.or(Reg32.ESI, Reg32.EAX);
            c.mov(Width.BYTE, Mem.at(Reg64.RDI, 1), 3);
            c.call(Reg64.RBX);
            c.shl(Reg32.ESI, 8);
            c.or(Reg32.ESI, Reg32.EAX);
            c.hlt();
        });
        first.put(ROUTINE, c -> {
            c.mov(Reg32.EAX, 1);
            c.ret();
        });
        assertEquals(EngineExit.Reason.HALTED, first.run(BareCpu.CODE, PLENTY).reason());
        assertEquals(-1, first.fault());
        assertEquals(0x01_02_03, first.read(CpuRegister.RSI));
    }

    /** Maps the second GiB to the first RAM again, not executable. */
    private void aliasOf() {
        final long directory = 0x4000;
        first.put(BareCpu.TABLES + GuestRam.PAGE + Long.BYTES, directory | 3);
        for (int i = 0; i < BareCpu.RAM >> 21; i++) {
            first.put(directory + (long) i * Long.BYTES, NO_EXECUTE | (long) i << 21 | 0x83);
        }
    }

    @Test
    void aliasThatAnotherCpuStoredThroughBeforeIsLookedAtToo() {
        aliasOf();
        second.put(BareCpu.CODE + 0x800, c -> {
            Guest.writeMsr(c, EFER, EFER_LONG_MODE_NX);
            c.hlt();
        });
        assertEquals(EngineExit.Reason.HALTED, second.run(BareCpu.CODE + 0x800, PLENTY).reason());
        store(second, BareCpu.CODE + 0x400, ALIAS + ROUTINE + 0x800, 1);
        store(second, BareCpu.CODE + 0x400, ALIAS + ROUTINE + 0x801, 1);
        assertEquals(1, answerOf(first, ROUTINE));
        store(second, BareCpu.CODE + 0x400, ALIAS + IMMEDIATE, 2);
        assertEquals(-1, second.fault());
        assertEquals(2, answerOf(first, ROUTINE));
    }

    @Test
    void codeThatADeviceWroteOverWhileTheCpuRunsIsGone() {
        final int[] value = {1};
        first.device(() -> first.put(ROUTINE, c -> {
            c.mov(Reg32.EAX, ++value[0]);
            c.ret();
        }));
        first.put(ROUTINE, c -> {
            c.mov(Reg32.EAX, 1);
            c.ret();
        });
        first.put(BareCpu.CODE, c -> {
            final Label again = c.newLabel("again");
            c.mov(Reg64.RSP, BareCpu.DATA);
            c.mov(Reg64.RBX, ROUTINE);
            c.xor(Reg32.ESI, Reg32.ESI);
            c.mov(Reg32.ECX, 4);
            c.bind(again);
            c.call(Reg64.RBX);
            c.shl(Reg32.ESI, 8);
            c.or(Reg32.ESI, Reg32.EAX);
            c.db(0xE6, 0x80);
            c.dec(Reg32.ECX);
            c.jcc(Cond.NE, again);
            c.hlt();
        });
        assertEquals(EngineExit.Reason.HALTED, first.run(BareCpu.CODE, PLENTY).reason());
        assertEquals(0x01_02_03_04, first.read(CpuRegister.RSI));
    }

    @Test
    void hostWriteBetweenTwoRunsNeedsNoFurtherCare() {
        assertEquals(1, answerOf(first, ROUTINE));
        first.put(IMMEDIATE, new byte[] {7});
        assertEquals(7, answerOf(first, ROUTINE));
    }

    /** Intel SDM volume 3, 11.6: since the P6 a store into the instructions that follow takes effect at once. */
    @Test
    void storeIntoTheRunningBlockTakesEffectAtTheNextInstruction() {
        final int immediateFromEnd = 5;
        final int length = selfModifying(Byte.MAX_VALUE).length;
        first.put(BareCpu.CODE, selfModifying(length - immediateFromEnd));
        final long before = first.engine().instructions();
        assertEquals(9, answerOf(first, BareCpu.CODE));
        assertEquals(5, first.engine().instructions() - before);
    }

    /** Stores 9 at an offset of itself, loads EAX with 1 and stops. */
    private static byte[] selfModifying(final int offset) {
        return BareCpu.code(c -> {
            c.mov(Reg64.RDI, BareCpu.CODE);
            c.mov(Reg8.CL, 9);
            c.mov(Mem.at(Reg64.RDI, offset), Reg8.CL);
            answer(c, 1);
        });
    }

    @Test
    void dataBesideCodeIsStoredAndCodeStaysExact() {
        final int rounds = 1000;
        first.put(BareCpu.CODE, c -> {
            final Label again = c.newLabel("again");
            c.mov(Reg64.RDI, ROUTINE);
            c.mov(Reg64.RSP, BareCpu.DATA);
            c.xor(Reg32.ESI, Reg32.ESI);
            c.mov(Reg32.ECX, rounds);
            c.bind(again);
            // The routine is five bytes and a return; the counter lies right behind it, and the immediate in it.
            c.inc(Width.QWORD, Mem.at(Reg64.RDI, 6));
            c.inc(Width.DWORD, Mem.at(Reg64.RDI, 1));
            c.call(Reg64.RDI);
            c.add(Reg64.RSI, Reg64.RAX);
            c.dec(Reg32.ECX);
            c.jcc(Cond.NE, again);
            c.mov(Reg64.RAX, Mem.at(Reg64.RDI, 6));
            c.hlt();
        });
        first.put(ROUTINE, new byte[] {(byte) 0xB8, 0, 0, 0, 0, (byte) 0xC3});
        assertEquals(EngineExit.Reason.HALTED, first.run(BareCpu.CODE, PLENTY).reason());
        assertEquals(rounds, first.read(CpuRegister.RAX));
        assertEquals((long) rounds * (rounds + 1) / 2, first.read(CpuRegister.RSI));
    }
}
