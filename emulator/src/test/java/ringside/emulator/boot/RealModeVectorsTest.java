package ringside.emulator.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.emulator.testing.Guest;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;

/** A kernel in real mode asks a BIOS that is not there. */
class RealModeVectorsTest {
    private static final int PAGE = 0x8000;
    private static final int COMMAND = 0x300;
    private static final int DESTINATION = 0x310;

    /** Runs 16-bit code on a second CPU, which begins in real mode with a stack. */
    private static RunResult inRealMode(final int... code) {
        final int[] stack = {0x31, 0xC0, 0x8E, 0xD0, 0xBC, 0x00, 0x70};
        final Guest guest = new Guest().program(c -> {
            c.mov(Reg64.RBX, PAGE);
            for (int i = 0; i < stack.length + code.length; i++) {
                c.mov(Width.BYTE, Mem.at(Reg64.RBX, i), i < stack.length ? stack[i] : code[i - stack.length]);
            }
            Guest.apic(c, DESTINATION, 1 << 24);
            Guest.apic(c, COMMAND, 0x4500);
            Guest.apic(c, COMMAND, 0x4600 | PAGE >> 12);
            final Label wait = c.newLabel(".wait");
            c.bind(wait);
            c.hlt();
            c.jmp(wait);
        });
        try (Machine machine = Machine.boot(MachineConfig.standard().withVcpus(2), guest.image())) {
            return machine.run(Budget.steps(100_000));
        }
    }

    @Test
    void aServiceThatIsNotThereSaysSo() {
        // mov ah, 0x41; int 0x13; setc al; out 0xf4, ax
        assertEquals(new RunResult.Exited(0x8601),
                inRealMode(0xB4, 0x41, 0xCD, 0x13, 0x0F, 0x92, 0xC0, 0xE7, 0xF4));
    }

    @Test
    void lowMemoryEndsWhereTheBootStructuresBegin() {
        // int 0x12; out 0xf4, ax
        assertEquals(new RunResult.Exited(0x9_0000 >> 10), inRealMode(0xCD, 0x12, 0xE7, 0xF4));
    }

    @Test
    void aHardwareInterruptChangesNoRegister() {
        // stc; mov ax, 0x1234; int 0x08; int 0x70; adc al, 0; out 0xf4, ax
        assertEquals(new RunResult.Exited(0x1235),
                inRealMode(0xF9, 0xB8, 0x34, 0x12, 0xCD, 0x08, 0xCD, 0x70, 0x14, 0x00, 0xE7, 0xF4));
    }
}
