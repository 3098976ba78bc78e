package ringside.emulator.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import ringside.emulator.memory.GuestRam;
import ringside.emulator.testing.BareCpu;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg64;

/** What an engine does from one run to the next. */
class EngineRunTest {
    private static final int PAGE_FAULT = 14;

    @Test
    void exceptionThatWasNotDeliveredComesAgainAsItself() {
        try (GuestRam ram = GuestRam.allocate(BareCpu.RAM); BareCpu cpu = BareCpu.at(ram, 0, BareCpu.CODE)) {
            cpu.put(BareCpu.CODE, c -> c.mov(Reg64.RAX, Mem.at(Reg64.RDI)));
            cpu.write(CpuRegister.RDI, 1L << 46);
            final long instructions = cpu.engine().instructions();
            for (int run = 0; run < 4; run++) {
                assertEquals(EngineExit.Reason.STOPPED, cpu.slice(1000).reason());
                assertEquals(PAGE_FAULT, cpu.fault());
                assertEquals(BareCpu.CODE, cpu.read(CpuRegister.RIP));
                assertEquals(1L << 46, cpu.read(CpuRegister.CR2));
                assertEquals(instructions, cpu.engine().instructions());
            }
        }
    }

    @Test
    void deadlineThatIsSetBetweenTwoRunsCounts() {
        try (GuestRam ram = GuestRam.allocate(BareCpu.RAM); BareCpu cpu = BareCpu.at(ram, 0, BareCpu.CODE)) {
            cpu.put(BareCpu.CODE, c -> c.db(0xEB, 0xFE));
            for (int run = 1; run < 10; run++) {
                assertEquals(EngineExit.Reason.STOPPED, cpu.slice(7).reason());
                assertEquals(run * 7L, cpu.engine().cycles());
            }
        }
    }
}
