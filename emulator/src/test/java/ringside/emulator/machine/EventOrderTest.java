package ringside.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.snapshot.Snapshot;
import ringside.emulator.testing.EventDigest;
import ringside.emulator.testing.Guest;
import ringside.emulator.testing.SmpGuest;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;

/** The events of several CPUs are one story, in the order in which it happened. */
class EventOrderTest {
    private static final int CPUS = 3;
    private static final int ROUNDS = 200;
    private static final long TICKETS = Guest.DATA;
    private static final long DONE = Guest.DATA + 0x40;
    private static final long TAKEN_BY = Guest.DATA + 0x1000;
    private static final int[] TAKE_A_TICKET = {0xF0, 0x0F, 0xC1, 0x02};
    private static final Budget BUDGET = Budget.steps(200_000);

    /** CPUs draw tickets by LOCK XADD and write their number on each. */
    private static Guest drawing() {
        return SmpGuest.of(c -> {
            c.mov(Reg32.EBX, ROUNDS);
            c.mov(Reg64.RDX, TICKETS);
            c.mov(Reg64.RSI, TAKEN_BY);
            final Label again = c.here();
            c.mov(Reg32.EAX, 1);
            c.db(TAKE_A_TICKET);
            c.mov(Mem.at(Reg64.RSI, Reg64.RAX, Integer.BYTES, 0), Reg32.EDI);
            c.dec(Reg32.EBX);
            c.jcc(Cond.NE, again);
            c.lock().inc(Width.DWORD, Mem.absolute(DONE));
            final Label waits = c.newLabel();
            c.test(Reg32.EDI, Reg32.EDI);
            c.jcc(Cond.NE, waits);
            SmpGuest.spinUntil(c, DONE, CPUS);
            Guest.exit(c, 0);
            c.bind(waits);
            c.hlt();
            c.jmp(waits);
        });
    }

    private static Machine machine(final int quantum) {
        return drawing().machine(
                MachineConfig.standard().withMemory(4 << 20).withVcpus(CPUS).withQuantum(quantum).withSeed(9));
    }

    /** Follows each CPU, and who drew a ticket. */
    private static final class Story implements MachineObserver {
        private final long ticket;
        private final long[] cycles = new long[CPUS];
        private final long[] instructions = new long[CPUS];
        private final List<Integer> drawn = new ArrayList<>();
        private int cpu = -1;
        private int turns;

        private Story(final long ticket) {
            this.ticket = ticket;
        }

        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.INSTRUCTION, EventKind.EXCEPTION, EventKind.HALT);
        }

        private void at(final long cycle, final int who) {
            assertTrue(cycle >= cycles[who], "cycles rise on each CPU: cpu=" + who);
            cycles[who] = cycle;
            turns += who == cpu ? 0 : 1;
            cpu = who;
        }

        @Override
        public void instruction(
                final long cycle, final int who, final long address, final int length, final int level) {
            at(cycle, who);
            instructions[who]++;
            if (address == ticket) {
                drawn.add(who);
            }
        }

        @Override
        public void halt(final long cycle, final int who) {
            at(cycle, who);
        }

        @Override
        public void exception(
                final long cycle, final int who, final int vector, final long errorCode, final long rip) {
            at(cycle, who);
        }
    }

    private static long find(final MemorySegment memory, final int... bytes) {
        for (long at = Guest.CODE; at < Guest.CODE + 0x1000; at++) {
            int same = 0;
            while (same < bytes.length && (memory.get(ValueLayout.JAVA_BYTE, at + same) & 0xFF) == bytes[same]) {
                same++;
            }
            if (same == bytes.length) {
                return at;
            }
        }
        throw new AssertionError("the guest has no such bytes");
    }

    @Test
    void eventsOfAllCpusComeInTheOrderInWhichTheySawEachOther() {
        for (final int quantum : new int[] {37, 500}) {
            try (Machine machine = machine(quantum)) {
                final MemorySegment memory = machine.cpu().memory();
                final Story story = new Story(find(memory, TAKE_A_TICKET));
                machine.addObserver(story);
                assertEquals(new RunResult.Exited(0), machine.run(BUDGET));

                assertEquals(CPUS * ROUNDS, story.drawn.size());
                for (int i = 0; i < story.drawn.size(); i++) {
                    assertEquals(memory.get(ValueLayout.JAVA_INT, TAKEN_BY + (long) i * Integer.BYTES),
                            story.drawn.get(i), "quantum=" + quantum + " ticket=" + i);
                }
                long sum = 0;
                for (final long count : story.instructions) {
                    assertTrue(count > ROUNDS);
                    sum += count;
                }
                assertEquals(machine.instructions(), sum);
                assertTrue(story.turns > CPUS * 2 && story.turns < sum / 10, "CPUs take turns: turns=" + story.turns);
            }
        }
    }

    @Test
    void theStoryIsTheSameHoweverTheRunIsCut() {
        final EventDigest whole = new EventDigest();
        final String state;
        try (Machine machine = machine(100)) {
            machine.addObserver(whole);
            machine.run(BUDGET);
            state = machine.stateHash();
        }
        for (final int slice : new int[] {1, 13, 999}) {
            final EventDigest cut = new EventDigest();
            try (Machine machine = machine(100)) {
                machine.addObserver(cut);
                while (machine.run(Budget.steps(slice)) instanceof RunResult.BudgetSpent) {
                    assertTrue(machine.steps() < BUDGET.steps());
                }
                assertEquals(whole.value(), cut.value(), "slice=" + slice);
                assertEquals(state, machine.stateHash(), "slice=" + slice);
            }
        }
    }

    @Test
    void theStoryFromASnapshotOnIsTheRestOfTheStory() {
        final EventDigest rest = new EventDigest();
        final EventDigest again = new EventDigest();
        try (Machine machine = machine(100)) {
            machine.run(Budget.steps(5000));
            final Snapshot middle = machine.snapshot();
            machine.addObserver(rest);
            machine.run(BUDGET);
            machine.removeObserver(rest);
            machine.restore(middle);
            machine.addObserver(again);
            machine.run(BUDGET);
            assertEquals(rest.value(), again.value());
        }
    }

    @Test
    void aResetIsToldOnceWithWhatLedToIt() {
        final List<String> told = new ArrayList<>();
        final Guest guest = new Guest().program(c -> {
            c.sub(Reg64.RSP, 16);
            c.mov(Width.QWORD, Mem.at(Reg64.RSP), 0);
            c.db(0x0F, 0x01, 0x1C, 0x24);
            c.ud2();
        });
        try (Machine machine = guest.machine()) {
            machine.addObserver(new MachineObserver() {
                @Override
                public Set<EventKind> interests() {
                    return EnumSet.of(EventKind.RESET);
                }

                @Override
                public void reset(final long cycle, final int cpu, final String cause) {
                    told.add(cycle + " " + cpu + " " + cause);
                }
            });
            final RunResult end = machine.run(BUDGET);
            machine.run(BUDGET);
            assertEquals(List.of(machine.cycles() + " 0 " + end.describe()), told);
            assertTrue(end.describe().contains("triple-faulted: #UD") && end.describe().contains("then #GP"),
                    end.describe());
        }
    }
}
