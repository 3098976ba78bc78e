package ringside.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.engine.FloatingPointRegisters;
import ringside.emulator.engine.FloatingPointRegisters.Extended;
import ringside.emulator.engine.FloatingPointRegisters.Vector;
import ringside.emulator.engine.ModelRegister;
import ringside.emulator.engine.SegmentName;
import ringside.emulator.engine.SystemRegisters;
import ringside.emulator.testing.Guest;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;

/** What is seen of a CPU is what its instructions made of it, and what is set is what they find. */
class RegisterViewTest {
    private static final int SECOND_PART = 0x50;
    private static final long PI = 0xC90F_DAA2_2168_C235L;
    private static final long LOW = 0x0123_4567_89AB_CDEFL;
    private static final long HIGH = 0xFEDC_BA98_7654_3210L;

    private static void absolute(final CodeBuilder c, final long address, final int... bytes) {
        c.db(bytes);
        c.dd((int) address);
    }

    private static Machine stopped() {
        final Machine machine = new Guest().program(c -> {
            c.db(0x0F, 0x20, 0xE0, 0x0D);
            c.dd(0x600);
            c.db(0x0F, 0x22, 0xE0);
            Guest.writeMsr(c, 0xC000_0082, 0xFFFF_8000_0012_3450L);
            Guest.writeMsr(c, 0xC000_0102, 0x1234_5000L);
            c.mov(Reg64.RAX, 0x4321_0000);
            c.db(0x0F, 0x23, 0xC8);
            c.db(0xDB, 0xE3, 0xD9, 0xE8, 0xD9, 0xEB);
            c.mov(Width.DWORD, Mem.absolute(Guest.DATA), 0x1FA0);
            absolute(c, Guest.DATA, 0x0F, 0xAE, 0x14, 0x25);
            c.mov(Reg64.RAX, LOW);
            c.mov(Mem.absolute(Guest.DATA + 16), Reg64.RAX);
            c.mov(Reg64.RAX, HIGH);
            c.mov(Mem.absolute(Guest.DATA + 24), Reg64.RAX);
            absolute(c, Guest.DATA + 16, 0xF3, 0x0F, 0x6F, 0x2C, 0x25);
            c.mov(Reg64.RAX, 7);
            c.db(0x44, 0x0F, 0x22, 0xC0);
            final Label forEver = c.here();
            c.jmp(forEver);
        }).handler(SECOND_PART, c -> {
            absolute(c, Guest.DATA + 0x40, 0xF3, 0x0F, 0x7F, 0x2C, 0x25);
            absolute(c, Guest.DATA + 0x60, 0xDB, 0x3C, 0x25);
            absolute(c, Guest.DATA + 0x70, 0x0F, 0xAE, 0x1C, 0x25);
            c.mov(Reg64.RAX, Mem.fs(8));
            Guest.exitWithEax(c);
        }).machine();
        machine.run(Budget.steps(1000));
        return machine;
    }

    @Test
    void systemRegistersAreAsInstructionsLeftThem() {
        try (Machine machine = stopped()) {
            final SystemRegisters seen = machine.cpu().system();
            assertEquals(0x20_0000, seen.gdtr().base());
            assertEquals(0x28 + 15, seen.gdtr().limit());
            assertEquals(0x20_1000, seen.idtr().base());
            assertEquals(256 * 16 - 1, seen.idtr().limit());
            assertEquals(0x28, seen.segment(SegmentName.TR).selector());
            assertEquals(0x20_2000, seen.segment(SegmentName.TR).base());
            assertEquals(104 - 1, seen.segment(SegmentName.TR).limit());
            assertEquals(9, seen.segment(SegmentName.TR).type(), "a 64-bit TSS, before LTR marked it as busy");
            assertEquals(true, seen.segment(SegmentName.CS).isLong());
            assertEquals(0xFFFF_FFFFL, seen.segment(SegmentName.SS).limit());
            assertEquals(0xFFFF_8000_0012_3450L, seen.model(ModelRegister.LSTAR));
            assertEquals(0x1234_5000L, seen.model(ModelRegister.KERNEL_GS_BASE));
            assertEquals(0x1234_5000L, machine.cpu().read(CpuRegister.KERNEL_GS_BASE));
            assertEquals(machine.cpu().read(CpuRegister.EFER), seen.model(ModelRegister.EFER));
            assertEquals(0x4321_0000L, seen.debug().get(1));
            assertEquals(0xFFFF_0FF0L, seen.debug().get(6));
            assertEquals(seen.debug().get(6), seen.debug().get(4));
            assertEquals(7, seen.priority());
            assertEquals(64, seen.codeWidth());
        }
    }

    @Test
    void floatingPointRegistersAreAsInstructionsLeftThem() {
        try (Machine machine = stopped()) {
            final FloatingPointRegisters seen = machine.cpu().floatingPoint();
            assertEquals(0x37F, seen.control());
            assertEquals(6, seen.top());
            assertEquals(0x3F, seen.tags());
            assertEquals(0x0FFF, seen.tagWord());
            assertEquals(new Extended(PI, 0x4000), seen.stack().get(0));
            assertEquals(new Extended(1L << 63, 0x3FFF), seen.stack().get(1));
            assertEquals(0x1FA0, seen.mxcsr());
            assertEquals(new Vector(LOW, HIGH), seen.vectors().get(5));
        }
    }

    @Test
    void whatIsSetIsWhatTheGuestFinds() {
        try (Machine machine = stopped()) {
            final FloatingPointRegisters before = machine.cpu().floatingPoint();
            final FloatingPointRegisters changed = before.withVector(5, new Vector(HIGH, LOW))
                    .withStack(0, new Extended(PI, 0xC000)).withControl(0x27F, 0x1F80);
            machine.write(0, changed);
            assertEquals(changed, machine.cpu().floatingPoint());
            machine.write(Guest.DATA + 0x80, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0x2A});
            machine.write(0, CpuRegister.FS_BASE, Guest.DATA + 0x80);
            machine.write(0, CpuRegister.RIP, Guest.handlerAddress(SECOND_PART));
            assertEquals(new RunResult.Exited(0x2A), machine.run(Budget.steps(100)));
            final var memory = machine.cpu().memory();
            assertEquals(HIGH, memory.get(ValueLayout.JAVA_LONG, Guest.DATA + 0x40));
            assertEquals(LOW, memory.get(ValueLayout.JAVA_LONG, Guest.DATA + 0x48));
            assertEquals(PI, memory.get(ValueLayout.JAVA_LONG, Guest.DATA + 0x60));
            assertEquals((short) 0xC000, memory.get(ValueLayout.JAVA_SHORT, Guest.DATA + 0x68));
            assertEquals(0x1F80, memory.get(ValueLayout.JAVA_INT, Guest.DATA + 0x70));
        }
    }

    @Test
    void looksChangeNoState() {
        try (Machine machine = stopped()) {
            final String before = machine.stateHash();
            final FloatingPointRegisters seen = machine.cpu().floatingPoint();
            machine.cpu().system();
            assertEquals(before, machine.stateHash());
            machine.write(0, seen);
            assertEquals(before, machine.stateHash());
        }
    }

    @Test
    void addressesThatAreNotCanonicalAreRefused() {
        try (Machine machine = stopped()) {
            for (final CpuRegister register : new CpuRegister[] {CpuRegister.RIP, CpuRegister.FS_BASE,
                CpuRegister.GS_BASE, CpuRegister.KERNEL_GS_BASE}) {
                assertThrows(IllegalArgumentException.class, () -> machine.write(0, register, 1L << 47));
            }
        }
    }
}
