package ringside.emulator.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import ringside.emulator.engine.EngineExit;
import ringside.emulator.testing.BareCpu;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;

/** Engines, devices and the machine see one RAM. */
class SharedRamTest {
    @Test
    void cpusThatTakeTurnsSeeEachOthersStores() {
        try (GuestRam ram = GuestRam.allocate(BareCpu.RAM);
                BareCpu first = BareCpu.at(ram, 0, BareCpu.CODE);
                BareCpu second = BareCpu.at(ram, 1, BareCpu.CODE)) {
            final int rounds = 1000;
            final int slice = 7;
            first.put(BareCpu.CODE, c -> {
                final Label again = c.newLabel("again");
                c.mov(Reg32.ECX, rounds);
                c.mov(Reg64.RDI, BareCpu.DATA);
                c.bind(again);
                c.inc(Width.QWORD, Mem.at(Reg64.RDI));
                c.sub(Reg32.ECX, 1);
                c.jcc(Cond.NE, again);
                c.hlt();
            });
            boolean firstRuns = true;
            boolean secondRuns = true;
            while (firstRuns || secondRuns) {
                firstRuns = firstRuns && first.slice(slice).reason() == EngineExit.Reason.STOPPED;
                secondRuns = secondRuns && second.slice(slice).reason() == EngineExit.Reason.STOPPED;
            }
            assertEquals(2 * rounds, ram.segment().get(ValueLayout.JAVA_LONG, BareCpu.DATA));
        }
    }

    @Test
    void deviceCopiesWholeRangesOrNothing() {
        try (GuestRam ram = GuestRam.allocate(2 * GuestRam.PAGE)) {
            final byte[] three = {1, 2, 3};
            assertTrue(ram.write(2 * GuestRam.PAGE - 3, three, 0, 3));
            assertFalse(ram.write(2 * GuestRam.PAGE - 2, three, 0, 3));
            assertFalse(ram.write(-1, three, 0, 3));
            assertFalse(ram.write(Long.MAX_VALUE, three, 0, 3));
            final byte[] back = new byte[4];
            assertTrue(ram.read(2 * GuestRam.PAGE - 4, back, 0, 4));
            assertFalse(ram.read(2 * GuestRam.PAGE - 3, back, 0, 4));
            assertEquals(1 << 8 | 2 << 16 | 3 << 24, ram.segment().get(ValueLayout.JAVA_INT, 2 * GuestRam.PAGE - 4));
            assertEquals(3, back[3]);
        }
    }

    @Test
    void memoryGivenBackIsNeverTouchedAgain() {
        final GuestRam ram = GuestRam.allocate(GuestRam.PAGE);
        ram.close();
        ram.close();
        assertThrows(IllegalStateException.class, () -> ram.segment().get(ValueLayout.JAVA_LONG, 0));
        assertThrows(IllegalArgumentException.class, () -> GuestRam.allocate(GuestRam.PAGE + 1));
    }
}
