package ringside.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.testing.EventDigest;
import ringside.emulator.testing.Guest;
import ringside.emulator.testing.PlausibleGuest;

/**
 * Random code as kernels have it, a million instructions and more, on one to four CPUs: it always ends with a result,
 * and the same program ends in the same state however often it is run, watched or cut into budgets.
 */
@Tag("fuzz")
class PlausibleGuestTest {
    private static final int FIRST = Integer.getInteger("ringside.fuzz.first", 0);
    private static final int RUNS = 40 * Integer.getInteger("ringside.fuzz.factor", 1);
    private static final long INSTRUCTIONS = 1_000_000L * Integer.getInteger("ringside.fuzz.factor", 1);
    private static final long STEPS = 300_000;

    static Guest guest(final int seed, final int cpus) {
        return PlausibleGuest.of(seed, cpus);
    }

    private static String end(final Machine machine, final RunResult result) {
        return result.describe() + " instructions=" + machine.instructions() + " cycles=" + machine.cycles()
                + " state=" + machine.stateHash();
    }

    @Test
    void plausibleCodeEndsInTheSameStateHoweverItIsRun() {
        final Map<String, Integer> ends = new TreeMap<>();
        long instructions = 0;
        for (int seed = FIRST; seed < FIRST + RUNS; seed++) {
            final int cpus = 1 + seed % 4;
            final Guest guest = guest(seed, cpus);
            final MachineConfig config = MachineConfig.standard().withVcpus(cpus).withQuantum(500).withSeed(seed % 3);
            final String straight;
            try (Machine machine = guest.machine(config)) {
                final RunResult result = machine.run(Budget.steps(STEPS));
                straight = end(machine, result);
                instructions += machine.instructions();
                ends.merge(result.getClass().getSimpleName(), 1, Integer::sum);
            }
            try (Machine machine = guest.machine(config)) {
                machine.addObserver(new EventDigest());
                assertEquals(straight, end(machine, machine.run(Budget.steps(STEPS))), "watched, seed=" + seed);
            }
            try (Machine machine = guest.machine(config)) {
                assertEquals(straight, end(machine, inPieces(machine, 997L + seed)), "in pieces, seed=" + seed);
            }
        }
        assertTrue(instructions >= INSTRUCTIONS, "they run long enough: instructions=" + instructions);
        assertTrue(ends.getOrDefault("Exited", 0) > RUNS / 2, "most run to their end: " + ends);
    }

    private static RunResult inPieces(final Machine machine, final long steps) {
        RunResult result;
        long left = STEPS;
        do {
            final long before = machine.steps();
            result = machine.run(Budget.steps(Math.min(steps, left)));
            left -= machine.steps() - before;
        } while (result instanceof RunResult.BudgetSpent && left > 0);
        return result;
    }

    /**
     * Which bytes each CPU reads and writes. How often is not held: an instruction that stores into the running block
     * begins anew, and is told again.
     */
    private static final class Accesses implements MachineObserver {
        private final SortedSet<String> all = new TreeSet<>();

        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.MEMORY_READ, EventKind.MEMORY_WRITE);
        }

        @Override
        public void memoryRead(final long cycle, final int cpu, final long address, final int size, final int level) {
            all.add(cpu + " reads " + size + " at " + address);
        }

        @Override
        public void memoryWrite(final long cycle, final int cpu, final long address, final int size, final int level) {
            all.add(cpu + " writes " + size + " at " + address);
        }
    }

    private static Set<String> accesses(final int seed, final int cpus, final int piece) {
        final long steps = 40_000;
        final Accesses accesses = new Accesses();
        try (Machine machine = Machine.boot(MachineConfig.standard().withVcpus(cpus).withQuantum(500),
                guest(seed, cpus).image())) {
            machine.addObserver(accesses);
            while (machine.steps() < steps && machine.run(Budget.steps(Math.min(piece, steps - machine.steps())))
                    instanceof RunResult.BudgetSpent) {
                continue;
            }
        }
        return accesses.all;
    }

    /** Blocks that nobody wants leave no record, and every other event comes at the same cycle without them. */
    @Test
    void eventsAreTheSameWhetherSomebodyHearsBlocksOrNot() {
        final Set<EventKind> blocks = EnumSet.of(EventKind.BLOCK, EventKind.INSTRUCTION, EventKind.CODE);
        final Set<EventKind> others = EnumSet.complementOf(EnumSet.copyOf(blocks));
        final Set<EventKind> rare = EnumSet.of(EventKind.EXCEPTION, EventKind.INTERRUPT, EventKind.SYSCALL,
                EventKind.ADDRESS_SPACE, EventKind.PROBE, EventKind.HALT, EventKind.IDLE);
        for (int seed = FIRST; seed < FIRST + RUNS; seed++) {
            for (final Set<EventKind> kinds : Set.of(others, rare)) {
                final EventDigest alone = new EventDigest(kinds);
                final EventDigest among = new EventDigest(kinds);
                heard(seed, alone);
                heard(seed, among, new EventDigest(blocks));
                assertEquals(among.value(), alone.value(), "seed=" + seed + " kinds=" + kinds);
            }
        }
    }

    private static void heard(final int seed, final EventDigest... listeners) {
        final int cpus = 1 + seed % 4;
        final MachineConfig config = MachineConfig.standard().withVcpus(cpus).withQuantum(500).withSeed(seed % 3);
        try (Machine machine = guest(seed, cpus).machine(config)) {
            for (final EventDigest listener : listeners) {
                machine.addObserver(listener);
            }
            inPieces(machine, 9973L + seed);
        }
    }

    /** An access in two parts whose second part faults once hid all accesses behind it. */
    @Test
    void accessesAreHeardHoweverTheRunIsCut() {
        for (int seed = 18; seed < 24; seed++) {
            final int cpus = 1 + seed % 2;
            assertTrue(accesses(seed, cpus, 10).equals(accesses(seed, cpus, Integer.MAX_VALUE)), "seed=" + seed);
        }
    }
}
