package ringside.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;
import ringside.emulator.testing.Guest;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.ControlRegister;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;

/** #MF, #XM and #AC come at their instruction, which does not count (Intel SDM volume 3, 6.15). */
class UnmaskedExceptionTest {
    private static final int X87_ERROR = 16;
    private static final int ALIGNMENT = 17;
    private static final int SIMD_ERROR = 19;
    private static final int ALIGNMENT_FLAG = 1 << 18;
    private static final int RDTSC_TO_RDTSC = 1;

    private static void readTime(final CodeBuilder c, final Reg32 into) {
        c.rdtsc();
        c.mov(into, Reg32.EAX);
    }

    private static void exitWithDifference(final CodeBuilder c) {
        readTime(c, Reg32.EBX);
        c.mov(Reg32.EAX, Reg32.EBX);
        c.sub(Reg32.EAX, Reg32.ESI);
        Guest.exitWithEax(c);
    }

    private static void set(final CodeBuilder c, final ControlRegister register, final long bits) {
        c.mov(Reg64.RAX, register);
        c.or(Reg64.RAX, bits);
        c.mov(register, Reg64.RAX);
    }

    private static int exitCode(final Guest guest) {
        return assertInstanceOf(RunResult.Exited.class, guest.run()).code();
    }

    @Test
    void divisionThatRaisesAnSseErrorDoesNotCount() {
        final int divideBytes = 4;
        assertEquals(1 + 1 + 2 + 1 + RDTSC_TO_RDTSC, exitCode(new Guest().program(c -> {
            set(c, ControlRegister.CR4, 0x600);
            c.mov(Reg64.RDI, Guest.DATA);
            c.mov(Width.DWORD, Mem.at(Reg64.RDI), 0x1D80);
            c.db(0x0F, 0xAE, 0x17);
            c.mov(Reg32.EAX, 1);
            c.db(0xF3, 0x0F, 0x2A, 0xC0);
            c.db(0x0F, 0x57, 0xC9);
            readTime(c, Reg32.ESI);
            c.nop();
            c.db(0xF3, 0x0F, 0x5E, 0xC1);
            c.nop();
            exitWithDifference(c);
        }).handler(SIMD_ERROR, c -> {
            c.add(Width.QWORD, Mem.at(Reg64.RSP), divideBytes);
            c.iretq();
        })), "mov, nop, then add and iretq of the handler, then nop");
    }

    @Test
    void instructionThatMeetsAPendingX87ErrorDoesNotCount() {
        final int loadBytes = 2;
        assertEquals(1 + 2 + 2 + 1 + RDTSC_TO_RDTSC, exitCode(new Guest().program(c -> {
            set(c, ControlRegister.CR0, 0x20);
            c.mov(Reg64.RDI, Guest.DATA);
            c.mov(Width.DWORD, Mem.at(Reg64.RDI), 0x37B);
            c.db(0xDB, 0xE3);
            c.db(0xD9, 0x2F);
            c.db(0xD9, 0xEE);
            c.db(0xD9, 0xE8);
            readTime(c, Reg32.ESI);
            c.nop();
            c.db(0xD8, 0xF1);
            c.db(0xD9, 0xE8);
            c.nop();
            exitWithDifference(c);
        }).handler(X87_ERROR, c -> {
            c.add(Width.QWORD, Mem.at(Reg64.RSP), loadBytes);
            c.iretq();
        })), "mov, nop and the division, then add and iretq of the handler, then nop");
    }

    @Test
    void repeatedInstructionWhoseAlignmentIsCheckedCountsOnce() {
        final int count = 300;
        assertEquals(1 + 1 + RDTSC_TO_RDTSC, exitCode(new Guest().program(c -> {
            set(c, ControlRegister.CR0, 1 << 18);
            Guest.enterUser(c, ALIGNMENT_FLAG | 0x3002);
        }).user(c -> {
            c.mov(Reg64.RDI, Guest.USER + 0x4000);
            c.mov(Reg32.ECX, count);
            readTime(c, Reg32.ESI);
            c.db(0xF3, 0x48, 0xAB);
            exitWithDifference(c);
        })));
    }

    @Test
    void repeatedInstructionThatIsNotAlignedStoresNothing() {
        final int count = 3;
        assertEquals(count, exitCode(new Guest().program(c -> {
            set(c, ControlRegister.CR0, 1 << 18);
            Guest.enterUser(c, ALIGNMENT_FLAG | 2);
        }).user(c -> {
            c.mov(Reg64.RDI, Guest.USER + 0x4004);
            c.mov(Reg32.ECX, count);
            c.db(0xF3, 0x48, 0xAB);
        }).handler(ALIGNMENT, c -> {
            c.mov(Reg32.EAX, Reg32.ECX);
            Guest.exitWithEax(c);
        })), "RCX is as before");
    }
}
