package ringside.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.testing.Guest;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.ControlRegister;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;

/** Instruction counts are facts. */
class CountingTest {
    private static final int RDTSC_TO_RDTSC = 1;

    private static void readTime(final CodeBuilder c, final Reg32 into) {
        c.rdtsc();
        c.mov(into, Reg32.EAX);
    }

    private static void exitWithDifference(final CodeBuilder c, final Reg32 from, final Reg32 to) {
        c.mov(Reg32.EAX, to);
        c.sub(Reg32.EAX, from);
        Guest.exitWithEax(c);
    }

    private static int exitCode(final Guest guest) {
        return assertInstanceOf(RunResult.Exited.class, guest.run()).code();
    }

    @Test
    void timeStampDifferenceIsTheInstructionsBetween() {
        final Guest guest = new Guest().program(c -> {
            readTime(c, Reg32.ESI);
            for (int i = 0; i < 100; i++) {
                c.nop();
            }
            readTime(c, Reg32.EDI);
            exitWithDifference(c, Reg32.ESI, Reg32.EDI);
        });
        assertEquals(100 + RDTSC_TO_RDTSC + 1, exitCode(guest));
    }

    @Test
    void repeatedStringInstructionCountsOnce() {
        final Guest guest = new Guest().program(c -> {
            c.mov(Reg64.RDI, Guest.DATA);
            c.mov(Reg32.ECX, 300);
            c.xor(Reg32.EAX, Reg32.EAX);
            readTime(c, Reg32.ESI);
            c.db(0xF3, 0xAA);
            readTime(c, Reg32.EBX);
            exitWithDifference(c, Reg32.ESI, Reg32.EBX);
        });
        assertEquals(1 + RDTSC_TO_RDTSC + 1, exitCode(guest));
    }

    @Test
    void instructionsBehindAFaultInItsBlockDoNotCount() {
        final Guest guest = new Guest().program(c -> {
            readTime(c, Reg32.ESI);
            c.nop();
            c.ud2();
            c.nop();
            c.nop();
            readTime(c, Reg32.EBX);
            exitWithDifference(c, Reg32.ESI, Reg32.EBX);
        }).handler(6, c -> {
            c.add(Width.QWORD, Mem.at(Reg64.RSP), 2);
            c.iretq();
        });
        final int betweenReads = 1 + 1 + 2 + 2;
        assertEquals(betweenReads + RDTSC_TO_RDTSC, exitCode(guest),
                "mov, nop, then add and iretq of the handler, then two nops; UD2 itself never retires");
    }

    @Test
    void faultingLoadInTheMiddleOfABlockCountsOnlyWhenItRetires() {
        final long unmapped = 1L << 40;
        final Guest guest = new Guest().program(c -> {
            c.mov(Reg64.RDI, unmapped);
            readTime(c, Reg32.ESI);
            c.nop();
            c.mov(Reg64.RAX, Mem.at(Reg64.RDI));
            c.nop();
            readTime(c, Reg32.EBX);
            exitWithDifference(c, Reg32.ESI, Reg32.EBX);
        }).handler(14, c -> {
            c.mov(Reg64.RDI, Guest.DATA);
            c.add(Reg64.RSP, 8);
            c.iretq();
        });
        final int mainLine = 1 + 1 + 1 + 1;
        final int handler = 3;
        assertEquals(mainLine + handler + RDTSC_TO_RDTSC, exitCode(guest));
    }

    @Test
    void softwareInterruptRetiresBeforeItsHandler() {
        final Guest guest = new Guest().program(c -> {
            readTime(c, Reg32.ESI);
            c.db(0xCD, 0x40);
            readTime(c, Reg32.EBX);
            exitWithDifference(c, Reg32.ESI, Reg32.EBX);
        }).handler(0x40, CodeBuilder::iretq);
        assertEquals(1 + 1 + 1 + RDTSC_TO_RDTSC, exitCode(guest), "mov, int, iretq");
    }

    @Test
    void interruptedRepeatStillCountsOnce() {
        final int bytes = 0x8000;
        final Guest guest = new Guest().program(c -> {
            Guest.apic(c, 0xF0, 0x1FF);
            Guest.apic(c, 0x3E0, 0xB);
            Guest.apic(c, 0x320, 0x20020 & 0xFF | 0x20000);
            c.mov(Reg64.RDI, Guest.USER);
            c.mov(Reg32.ECX, bytes);
            c.xor(Reg32.EAX, Reg32.EAX);
            c.mov(Reg64.RBP, Guest.DATA);
            c.mov(Reg64.R8, 0xFEE0_0380L);
            c.mov(Reg32.EBX, 2);
            readTime(c, Reg32.ESI);
            c.mov(Mem.at(Reg64.R8), Reg32.EBX);
            c.xor(Reg32.EAX, Reg32.EAX);
            c.sti();
            c.nop();
            c.db(0xF3, 0xAA);
            c.cli();
            readTime(c, Reg32.EBX);
            exitWithDifference(c, Reg32.ESI, Reg32.EBX);
        }).handler(0x20, c -> {
            c.inc(Width.DWORD, Mem.at(Reg64.RBP));
            c.push(Reg64.RAX);
            c.push(Reg64.RDI);
            Guest.apic(c, 0x380, 0);
            Guest.apic(c, 0xB0, 0);
            c.pop(Reg64.RDI);
            c.pop(Reg64.RAX);
            c.iretq();
        });
        try (Machine machine = guest.machine()) {
            final RunResult result = machine.run(Budget.steps(1_000_000));
            final int ticks = machine.cpu().memory().get(ValueLayout.JAVA_INT, Guest.DATA);
            assertTrue(ticks > 0, "the timer must have fired; result=" + result.describe());
            final int handler = 12;
            final int mainLine = 1 + 1 + 1 + 1 + 1 + 1 + 1;
            assertEquals(mainLine + ticks * handler + RDTSC_TO_RDTSC,
                    assertInstanceOf(RunResult.Exited.class, result).code());
        }
    }

    @Test
    void repeatThatFaultsInTheMiddleCountsOnceAndObserversAgree() {
        final long lastMapped = (4L << 30) - 64;
        final Guest guest = new Guest().program(c -> {
            c.mov(Reg64.RDI, Guest.DATA);
            c.mov(Reg64.RSI, lastMapped);
            c.mov(Reg32.ECX, 100);
            readTime(c, Reg32.EBP);
            c.nop();
            c.db(0xF3, 0xA4);
            Guest.exit(c, 1);
        }).handler(14, c -> {
            readTime(c, Reg32.EBX);
            exitWithDifference(c, Reg32.EBP, Reg32.EBX);
        });
        final long[] told = new long[1];
        try (Machine machine = guest.machine()) {
            machine.addObserver(new MachineObserver() {
                @Override
                public Set<EventKind> interests() {
                    return EnumSet.of(EventKind.INSTRUCTION);
                }

                @Override
                public void instruction(
                        final long cycle, final int cpu, final long address, final int length, final int level) {
                    told[0]++;
                }
            });
            assertEquals(new RunResult.Exited(RDTSC_TO_RDTSC + 1 + 1), machine.run(Budget.steps(1000)),
                    "the first reading, its mov and the nop: the faulting instruction never retired");
            assertEquals(machine.instructions(), told[0]);
        }
    }

    @Test
    void dataFaultJustBehindItsInstructionIsNoFetchFault() {
        final long end = Guest.DATA + 0x1000;
        final int bytesBefore = 8;
        final Guest guest = new Guest().program(c -> {
            c.mov(Reg64.RDI, end - bytesBefore);
            final int[] code = {0x90, 0x90, 0x90, 0x8B, 0x06, 0x90, 0xF4, 0xF4};
            for (int i = 0; i < code.length; i++) {
                c.mov(Width.BYTE, Mem.at(Reg64.RDI, i), code[i]);
            }
            c.mov(Reg64.RSI, end);
            splitLargePage(c, end);
            readTime(c, Reg32.EBP);
            c.jmp(Reg64.RDI);
        }).handler(14, c -> {
            readTime(c, Reg32.EBX);
            exitWithDifference(c, Reg32.EBP, Reg32.EBX);
        });
        assertEquals(RDTSC_TO_RDTSC + 1 + 1 + 3, exitCode(guest), "RDTSC, MOV, JMP and three NOPs retired");
    }

    // Maps the 2 MiB page of an address by 4 KiB pages, and that one not at all. RDI and RSI are kept.
    private static void splitLargePage(final CodeBuilder c, final long hole) {
        final long table = 0x8_0000;
        c.mov(Reg64.RAX, hole & -(1L << 21) | 7);
        c.mov(Reg64.RBX, table);
        c.mov(Reg32.ECX, 512);
        final Label next = c.here();
        c.mov(Mem.at(Reg64.RBX), Reg64.RAX);
        c.add(Reg64.RAX, 0x1000);
        c.add(Reg64.RBX, Long.BYTES);
        c.dec(Reg32.ECX);
        c.jcc(Cond.NE, next);
        c.mov(Reg64.RBX, table + (hole >>> 12 & 511) * Long.BYTES);
        c.mov(Width.QWORD, Mem.at(Reg64.RBX), 0);
        c.mov(Reg64.RBX, ControlRegister.CR3);
        for (int level = 0; level < 2; level++) {
            c.mov(Reg64.RBX, Mem.at(Reg64.RBX));
            c.and(Reg64.RBX, -0x1000);
        }
        c.mov(Reg64.RAX, table | 7);
        c.mov(Mem.at(Reg64.RBX, (int) (hole >>> 21) * Long.BYTES), Reg64.RAX);
        c.mov(Reg64.RAX, ControlRegister.CR3);
        c.mov(ControlRegister.CR3, Reg64.RAX);
    }

    @Test
    void softwareInterruptsAndFaultsSurviveAnyBudget() {
        for (int slice = 1; slice < 12; slice++) {
            final Guest guest = new Guest().program(c -> {
                c.xor(Reg32.EBP, Reg32.EBP);
                c.mov(Reg32.EBX, 50);
                final Label again = c.here();
                c.db(0xCD, 0x40);
                c.ud2();
                c.dec(Reg32.EBX);
                c.jcc(Cond.NE, again);
                c.mov(Reg32.EAX, Reg32.EBP);
                Guest.exitWithEax(c);
            }).handler(0x40, c -> {
                c.inc(Reg32.EBP);
                c.iretq();
            }).handler(6, c -> {
                c.add(Width.QWORD, Mem.at(Reg64.RSP), 2);
                c.add(Reg32.EBP, 100);
                c.iretq();
            });
            try (Machine machine = guest.machine()) {
                RunResult result = machine.run(Budget.steps(slice));
                for (int i = 0; i < 2000 && result instanceof RunResult.BudgetSpent; i++) {
                    result = machine.run(Budget.steps(slice));
                }
                assertEquals(new RunResult.Exited(50 + 50 * 100), result, "slice=" + slice);
                assertEquals(100, machine.otherSteps(), "slice=" + slice);
            }
        }
    }

    @Test
    void nothingBehindTheOutThatEndsTheRunIsExecutedOrCounted() {
        final Guest guest = new Guest().program(c -> {
            c.mov(Reg64.RDI, Guest.DATA);
            c.mov(Reg32.EDX, Guest.EXIT_PORT);
            c.mov(Reg32.EAX, 9);
            c.db(0xEF);
            c.mov(Mem.at(Reg64.RDI), Reg32.EAX);
            for (int i = 0; i < 100; i++) {
                c.nop();
            }
            c.ud2();
        });
        final long before = countTo(guest);
        try (Machine machine = guest.machine()) {
            final long[] last = new long[1];
            machine.addObserver(new MachineObserver() {
                @Override
                public Set<EventKind> interests() {
                    return EnumSet.of(EventKind.INSTRUCTION);
                }

                @Override
                public void instruction(
                        final long cycle, final int cpu, final long address, final int length, final int level) {
                    last[0] = address;
                }
            });
            assertEquals(new RunResult.Exited(9), machine.run(Budget.steps(1000)));
            assertEquals(0, machine.cpu().memory().get(ValueLayout.JAVA_INT, Guest.DATA), "nothing ran behind OUT");
            assertEquals(last[0] + 1, machine.cpu().read(CpuRegister.RIP), "RIP is behind OUT");
            assertEquals(before, machine.instructions());
        }
    }

    private static long countTo(final Guest guest) {
        final int tables = 5;
        final int program = 4;
        assertEquals(new RunResult.Exited(9), guest.run());
        return tables + program;
    }

    @Test
    void codeThatRewritesItsOwnBlockCountsWhatItThenRuns() {
        final int nopOpcode = 0x90;
        final Guest guest = new Guest().program(c -> {
            final Label patched = c.newLabel();
            c.lea(Reg64.RDI, Mem.rip(patched));
            c.mov(Reg32.EBP, 3);
            readTime(c, Reg32.ESI);
            final Label again = c.here();
            c.nop();
            c.mov(Width.WORD, Mem.at(Reg64.RDI), nopOpcode << Byte.SIZE | nopOpcode);
            c.nop();
            c.bind(patched);
            c.db(0x0F, 0x0B);
            c.dec(Reg32.EBP);
            c.jcc(Cond.NE, again);
            readTime(c, Reg32.EBX);
            exitWithDifference(c, Reg32.ESI, Reg32.EBX);
        });
        final int round = 1 + 1 + 1 + 2 + 2;
        assertEquals(1 + 3 * round + RDTSC_TO_RDTSC, exitCode(guest));
    }

    @Test
    void storeIntoItselfAtTheEndOfAPageCountsOnce() {
        final long pageEnd = Guest.DATA + 0x1000;
        final Guest guest = new Guest().program(c -> {
            c.mov(Reg32.EAX, 0x0788_9090);
            c.mov(Mem.absolute(pageEnd - Integer.BYTES), Reg32.EAX);
            c.mov(Reg32.EAX, 0xC3);
            c.mov(Mem.absolute(pageEnd), Reg32.EAX);
            c.mov(Reg64.RDI, pageEnd - 2);
            c.mov(Reg64.RBX, pageEnd - Integer.BYTES);
            readTime(c, Reg32.ESI);
            c.mov(Reg32.EAX, 0x88);
            c.call(Reg64.RBX);
            readTime(c, Reg32.EBX);
            exitWithDifference(c, Reg32.ESI, Reg32.EBX);
        });
        assertEquals(RDTSC_TO_RDTSC + 1 + 2 + 4, exitCode(guest), "mov, call; nop, nop, the store, ret");
    }

    @Test
    void observersHearEveryInstructionOnceAndChangeNothing() {
        final Guest quiet = busyGuest();
        final Guest watched = busyGuest();
        final List<Long> addresses = new ArrayList<>();
        final long[] events = new long[1];
        final long instructions;
        final long cycles;
        try (Machine machine = quiet.machine()) {
            assertEquals(new RunResult.Exited(7), machine.run(Budget.steps(1_000_000)));
            instructions = machine.instructions();
            cycles = machine.cycles();
        }
        try (Machine machine = watched.machine()) {
            machine.addObserver(new MachineObserver() {
                @Override
                public Set<EventKind> interests() {
                    return EnumSet.allOf(EventKind.class);
                }

                @Override
                public void instruction(
                        final long cycle, final int cpu, final long address, final int length, final int level) {
                    events[0]++;
                    assertEquals(events[0], cycle, "one cycle an instruction under the unit model");
                    addresses.add(address);
                }
            });
            assertEquals(new RunResult.Exited(7), machine.run(Budget.steps(1_000_000)));
            assertEquals(instructions, machine.instructions());
            assertEquals(cycles, machine.cycles());
            assertEquals(instructions, events[0]);
            assertEquals(addresses.getLast() + 1, machine.cpu().read(CpuRegister.RIP), "OUT was followed by HLT");
        }
    }

    // Loops, calls, a fault a round, and a repeated store.
    private static Guest busyGuest() {
        return new Guest().program(c -> {
            c.mov(Reg32.EBP, 500);
            final Label loop = c.here();
            c.mov(Reg64.RDI, Guest.DATA);
            c.mov(Reg32.ECX, 9);
            c.db(0xF3, 0xAA);
            c.ud2();
            c.dec(Reg32.EBP);
            c.jcc(Cond.NE, loop);
            Guest.exit(c, 7);
        }).handler(6, c -> {
            c.add(Width.QWORD, Mem.at(Reg64.RSP), 2);
            c.iretq();
        });
    }

    @Test
    void budgetStopsBetweenBlocksAndTheRunGoesOnWhereItStopped() {
        final long whole;
        try (Machine machine = busyGuest().machine()) {
            machine.run(Budget.steps(1_000_000));
            whole = machine.instructions();
        }
        try (Machine machine = busyGuest().machine()) {
            RunResult result = machine.run(Budget.steps(1));
            int slices = 1;
            while (result instanceof RunResult.BudgetSpent) {
                result = machine.run(Budget.steps(1 + slices % 13));
                slices++;
            }
            assertEquals(new RunResult.Exited(7), result);
            assertEquals(whole, machine.instructions(), "slices=" + slices);
            assertTrue(slices > 100, "the budget must have cut the run: slices=" + slices);
        }
    }
}
