package ringside.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.testing.Guest;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;

/** The timer's interrupts come when they are due and when the guest lets them. */
class InterruptTest {
    private static final int TIMER = 0x20;
    private static final int SPURIOUS = 0xF0;
    private static final int END_OF_INTERRUPT = 0xB0;
    private static final int LVT_TIMER = 0x320;
    private static final int INITIAL_COUNT = 0x380;
    private static final int DIVIDE = 0x3E0;
    private static final int DIVIDE_BY_1 = 0xB;
    private static final int PERIODIC = 0x2_0000;
    private static final int DEADLINE = 0x4_0000;
    private static final int TSC_DEADLINE = 0x6E0;

    private static void startTimer(final CodeBuilder c, final int mode, final int count) {
        Guest.apic(c, SPURIOUS, 0x1FF);
        Guest.apic(c, DIVIDE, DIVIDE_BY_1);
        Guest.apic(c, LVT_TIMER, mode | TIMER);
        Guest.apic(c, INITIAL_COUNT, count);
    }

    private static int exit(final Guest guest) {
        final RunResult result = guest.run();
        return assertInstanceOf(RunResult.Exited.class, result, result.describe()).code();
    }

    @Test
    void deadlineThatHasPassedInterruptsBeforeTheNextInstruction() {
        assertEquals(3, exit(new Guest().program(c -> {
            Guest.apic(c, SPURIOUS, 0x1FF);
            Guest.apic(c, LVT_TIMER, DEADLINE | TIMER);
            c.mov(Reg32.EBP, 3);
            c.sti();
            c.nop();
            Guest.writeMsr(c, TSC_DEADLINE, 1);
            c.inc(Reg64.RBP);
            c.inc(Reg64.RBP);
            Guest.exit(c, 99);
        }).handler(TIMER, c -> {
            c.mov(Reg32.EAX, Reg32.EBP);
            Guest.exitWithEax(c);
        })));
    }

    @Test
    void maskedInterruptStaysPendingUntilUnmasked() {
        assertEquals(1, exit(new Guest().program(c -> {
            c.xor(Reg32.EBP, Reg32.EBP);
            startTimer(c, 0, 10);
            c.mov(Reg32.ECX, 1000);
            final Label loop = c.here();
            c.dec(Reg32.ECX);
            c.jcc(Cond.NE, loop);
            final Label early = c.newLabel();
            c.test(Reg32.EBP, Reg32.EBP);
            c.jcc(Cond.NE, early);
            c.sti();
            c.nop();
            c.nop();
            c.mov(Reg32.EAX, Reg32.EBP);
            Guest.exitWithEax(c);
            c.bind(early);
            Guest.exit(c, 99);
        }).handler(TIMER, c -> {
            c.inc(Reg32.EBP);
            Guest.apic(c, END_OF_INTERRUPT, 0);
            c.iretq();
        })));
    }

    @Test
    void haltJumpsToTheDeadlineAndTheClockSaysSo() {
        final Guest guest = new Guest().program(c -> {
            startTimer(c, 0, 5_000_000);
            c.sti();
            c.hlt();
            Guest.exit(c, 1);
        }).handler(TIMER, c -> {
            Guest.apic(c, END_OF_INTERRUPT, 0);
            c.iretq();
        });
        try (Machine machine = guest.machine()) {
            assertEquals(new RunResult.Exited(1), machine.run(Budget.steps(1000)));
            assertTrue(machine.cycles() >= 5_000_000 && machine.cycles() < 5_000_100, "cycles=" + machine.cycles());
            assertTrue(machine.instructions() < 100, "waiting is not executing");
        }
    }

    @Test
    void theEndOfAWaitIsToldWithTheClockAfterIt() {
        final Guest guest = new Guest().program(c -> {
            startTimer(c, 0, 5_000_000);
            c.sti();
            c.hlt();
            Guest.exit(c, 1);
        }).handler(TIMER, c -> {
            Guest.apic(c, END_OF_INTERRUPT, 0);
            c.iretq();
        });
        final java.util.List<String> told = new java.util.ArrayList<>();
        try (Machine machine = guest.machine()) {
            machine.addObserver(new MachineObserver() {
                private long halted;

                @Override
                public Set<EventKind> interests() {
                    return EnumSet.of(EventKind.HALT, EventKind.IDLE, EventKind.INTERRUPT);
                }

                @Override
                public void halt(final long cycle, final int cpu) {
                    halted = cycle;
                    told.add("halt");
                }

                @Override
                public void idle(final long cycle, final int cpu) {
                    told.add(cycle - halted > 4_999_900 ? "idle" : "idle for too short");
                    halted = cycle;
                }

                @Override
                public void interrupt(final long cycle, final int cpu, final int vector, final long rip) {
                    told.add("interrupt " + (cycle - halted));
                }
            });
            assertEquals(new RunResult.Exited(1), machine.run(Budget.steps(1000)));
        }
        assertEquals(java.util.List.of("halt", "idle", "interrupt 0"), told);
    }

    @Test
    void periodicTimerKeepsItsPeriod() {
        final int period = 1000;
        final java.util.List<Long> arrivals = new java.util.ArrayList<>();
        final Guest guest = new Guest().program(c -> {
            c.xor(Reg32.EBP, Reg32.EBP);
            startTimer(c, PERIODIC, period);
            c.sti();
            final Label loop = c.here();
            c.cmp(Reg32.EBP, 20);
            c.jcc(Cond.NE, loop);
            Guest.exit(c, 1);
        }).handler(TIMER, c -> {
            c.inc(Reg32.EBP);
            c.push(ringside.toolchain.codegen.Reg64.RAX);
            Guest.apic(c, END_OF_INTERRUPT, 0);
            c.pop(ringside.toolchain.codegen.Reg64.RAX);
            c.iretq();
        });
        try (Machine machine = guest.machine()) {
            machine.addObserver(new MachineObserver() {
                @Override
                public Set<EventKind> interests() {
                    return EnumSet.of(EventKind.INTERRUPT);
                }

                @Override
                public void interrupt(final long cycle, final int cpu, final int vector, final long rip) {
                    arrivals.add(cycle);
                }
            });
            assertEquals(new RunResult.Exited(1), machine.run(Budget.steps(100_000)));
        }
        assertEquals(20, arrivals.size());
        for (int i = 1; i < arrivals.size(); i++) {
            final long distance = arrivals.get(i) - arrivals.get(0) - (long) i * period;
            assertTrue(Math.abs(distance) <= 4, "a block late at most, and never drifting: " + arrivals);
        }
    }

    @Test
    void haltWithInterruptsOffEndsTheRun() {
        assertInstanceOf(RunResult.Halted.class, new Guest().program(c -> {
            startTimer(c, 0, 100);
            c.cli();
            c.hlt();
        }).run());
    }

    @Test
    void haltWithNothingToWaitForEndsTheRun() {
        assertInstanceOf(RunResult.Halted.class, new Guest().program(c -> {
            c.sti();
            c.hlt();
        }).run());
    }

    @Test
    void runsThatDoNothingForEverEndWithTheirBudget() {
        assertInstanceOf(RunResult.Halted.class, new Guest().program(c -> {
            startTimer(c, PERIODIC | 0x1_0000, 1);
            c.sti();
            c.hlt();
        }).run(), "a masked periodic timer never wakes the CPU");
        assertInstanceOf(RunResult.BudgetSpent.class, new Guest().program(c -> {
            c.mov(ringside.toolchain.codegen.Reg64.RCX, -1);
            c.mov(ringside.toolchain.codegen.Reg64.RDI, 0x4000_0000L);
            c.db(0xF3, 0xA6);
            c.db(0xF3, 0xAC);
            final Label loop = c.here();
            c.jmp(loop);
        }).run(), "a repeated string instruction is not one step");
    }

    @Test
    void interruptShadowOfStiLastsOneInstruction() {
        assertEquals(5, exit(new Guest().program(c -> {
            c.mov(Reg32.EBP, 1);
            startTimer(c, 0, 1);
            final Label due = c.newLabel();
            c.jmp(due);
            c.bind(due);
            final Label pending = c.newLabel();
            c.jmp(pending);
            c.bind(pending);
            c.sti();
            c.mov(Reg32.EBP, 5);
            c.nop();
            c.nop();
            Guest.exit(c, 99);
        }).handler(TIMER, c -> {
            c.mov(Reg32.EAX, Reg32.EBP);
            Guest.exitWithEax(c);
        })), "the instruction behind STI runs before the interrupt");
    }
}
