package ringside.emulator.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import ringside.emulator.memory.GuestRam;
import ringside.emulator.testing.BareCpu;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg32;

/** What waits for a CPU to take it is no question until the CPU would. */
class PendingTest {
    private static final int TURNS = 1000;

    /** {@return instructions up to the first question} */
    private static long untilAsked(final int pending, final long attention) {
        try (GuestRam ram = GuestRam.allocate(BareCpu.RAM); BareCpu cpu = BareCpu.at(ram, 0, BareCpu.CODE)) {
            cpu.put(BareCpu.CODE, c -> {
                c.mov(Reg32.ECX, TURNS);
                final Label loop = c.here();
                c.dec(Reg32.ECX);
                c.jcc(Cond.NE, loop);
                c.sti();
                c.nop();
                final Label last = c.newLabel();
                c.jmp(last);
                c.bind(last);
                c.hlt();
            });
            cpu.engine().setAttention(attention);
            cpu.engine().setPending(pending);
            cpu.engine().run();
            return cpu.engine().instructions();
        }
    }

    private static final long ALL = 1 + 2 * TURNS + 4;

    @Test
    void interruptWaitsForTheFlagAndTheShadowWithoutAQuestion() {
        assertEquals(ALL - 2, untilAsked(EngineCallbacks.INTERRUPTS, Long.MAX_VALUE),
                "behind STI and the instruction in its shadow");
        assertEquals(ALL, untilAsked(0, Long.MAX_VALUE), "nothing waits");
    }

    @Test
    void nmiWaitsForNoFlag() {
        assertEquals(0, untilAsked(EngineCallbacks.NMI, Long.MAX_VALUE));
        assertEquals(0, untilAsked(EngineCallbacks.NMI | EngineCallbacks.INTERRUPTS, Long.MAX_VALUE));
    }

    @Test
    void deadlineIsAQuestionAllTheSame() {
        assertEquals(101, untilAsked(EngineCallbacks.INTERRUPTS, 101));
    }
}
