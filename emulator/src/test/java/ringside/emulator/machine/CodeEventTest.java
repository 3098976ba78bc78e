package ringside.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.testing.Guest;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;

/** Whoever hears code and blocks knows every byte that ran, without looking at memory, which may be another by then. */
class CodeEventTest {
    private static final Budget BUDGET = Budget.steps(100_000);
    private static final long ROUTINE = Guest.DATA;

    /** Calls a routine that it writes, writes it anew, and calls it again. */
    private static Guest guest() {
        return new Guest().program(c -> {
            routine(c, 0x01);
            routine(c, 0x02);
            Guest.exit(c, 1);
        });
    }

    private static void routine(final CodeBuilder c, final int constant) {
        c.mov(Reg64.RDI, ROUTINE);
        c.mov(Reg64.RAX, 0xC300_0000_00B8L | (long) constant << Byte.SIZE);
        c.mov(Mem.at(Reg64.RDI), Reg64.RAX);
        c.call(Reg64.RDI);
        c.add(Width.QWORD, Mem.at(Reg64.RDI, 64), 1);
    }

    private record Told(long address, byte[] bytes, int width) {
    }

    private static final class Listener implements MachineObserver {
        private final Map<Integer, Told> code = new HashMap<>();
        private final List<Told> ran = new ArrayList<>();
        private long instructions;

        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.CODE, EventKind.BLOCK);
        }

        @Override
        public void code(final long cycle, final int cpu, final int number, final long address, final byte[] bytes,
                final int width) {
            code.put(number, new Told(address, bytes, width));
        }

        @Override
        public void block(final long cycle, final int cpu, final int number, final long address, final int size,
                final int retired, final int level) {
            final Told told = code.get(number);
            assertNotNull(told, "code is told before a block of it");
            assertEquals(told.address, address);
            assertTrue(size <= told.bytes.length);
            ran.add(new Told(address, Arrays.copyOf(told.bytes, size), told.width));
            instructions += retired;
        }
    }

    private static Listener run(final int slice) {
        try (Machine machine = guest().machine()) {
            final Listener listener = new Listener();
            machine.addObserver(listener);
            RunResult result = machine.run(slice == 0 ? BUDGET : Budget.steps(slice));
            while (result instanceof RunResult.BudgetSpent) {
                result = machine.run(Budget.steps(slice));
            }
            assertEquals(new RunResult.Exited(1), result);
            assertEquals(machine.instructions(), listener.instructions);
            return listener;
        }
    }

    private static List<byte[]> routines(final Listener listener) {
        return listener.ran.stream().filter(block -> block.address == ROUTINE).map(Told::bytes).toList();
    }

    @Test
    void codeThatIsWrittenOverIsToldAnewBeforeItRuns() {
        final List<byte[]> routines = routines(run(0));
        assertEquals(2, routines.size());
        for (int i = 0; i < 2; i++) {
            assertArrayEquals(new byte[] {(byte) 0xB8, (byte) (i + 1), 0, 0, 0, (byte) 0xC3}, routines.get(i));
        }
    }

    @Test
    void bytesAreTheSameHoweverTheRunIsCut() {
        final List<Told> whole = run(0).ran;
        for (int slice = 1; slice < 8; slice++) {
            final List<Told> cut = run(slice).ran;
            assertEquals(whole.size(), cut.size(), "slice=" + slice);
            for (int i = 0; i < whole.size(); i++) {
                assertEquals(whole.get(i).address, cut.get(i).address);
                assertEquals(64, cut.get(i).width);
                assertArrayEquals(whole.get(i).bytes, cut.get(i).bytes, "slice=" + slice + " block=" + i);
            }
        }
    }
}
