package ringside.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.testing.Guest;
import ringside.emulator.testing.TinyElf;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;
import ringside.toolchain.image.GuestImage;

/**
 * No bytes that a guest executes crash or hang the JVM, and the same bytes run the same twice.
 *
 * <p>A longer run: {@code -Dringside.fuzz.first=SEED -Dringside.fuzz.factor=N} begins at another seed and runs N times
 * as many.
 */
@Tag("fuzz")
class RandomGuestTest {
    private static final int PROGRAM_BYTES = 4096;
    private static final int FIRST = Integer.getInteger("ringside.fuzz.first", 0);
    private static final int FACTOR = Integer.getInteger("ringside.fuzz.factor", 1);
    private static final int PLAIN_RUNS = 10_000 * FACTOR;
    private static final int PERSISTENT_RUNS = 600 * FACTOR;
    private static final Budget BUDGET = Budget.steps(20_000);

    /** Wants everything, so that every hook is in. */
    private static final class Everything implements MachineObserver {
        private long instructions;

        @Override
        public Set<EventKind> interests() {
            return EnumSet.allOf(EventKind.class);
        }

        @Override
        public void instruction(
                final long cycle, final int cpu, final long address, final int length, final int level) {
            instructions++;
        }
    }

    private static byte[] randomProgram(final int seed) {
        final byte[] code = new byte[PROGRAM_BYTES];
        new Random(seed).nextBytes(code);
        return code;
    }

    @Test
    void randomBytesAsAProgramEndWithAResult() {
        final Map<String, Integer> ends = new TreeMap<>();
        for (int seed = FIRST; seed < FIRST + PLAIN_RUNS; seed++) {
            final TinyElf elf = new TinyElf().put(Guest.CODE, randomProgram(seed)).entry(Guest.CODE);
            final GuestImage image = GuestImage.parse("random " + seed,
                    (seed % 2 == 0 ? elf : elf.pvhEntry((int) Guest.CODE)).bytes());
            try (Machine machine = Machine.boot(MachineConfig.standard().withMemory(4 << 20), image)) {
                if (seed % 8 == 0) {
                    machine.addObserver(new Everything());
                }
                ends.merge(machine.run(BUDGET).getClass().getSimpleName(), 1, Integer::sum);
            }
        }
        assertEquals(PLAIN_RUNS, ends.values().stream().mapToInt(Integer::intValue).sum());
        assertTrue(ends.size() >= 3, "random programs end in several ways: " + ends);
    }

    // Every exception skips one byte and goes on, so a run meets hundreds of instructions instead of one.
    static Guest persistentGuest(final int seed) {
        final Guest guest = new Guest();
        for (int vector = 0; vector < 32; vector++) {
            final boolean hasErrorCode = vector == 8 || vector >= 10 && vector <= 14 || vector == 17 || vector == 21;
            guest.handler(vector, c -> {
                if (hasErrorCode) {
                    c.add(Reg64.RSP, 8);
                }
                c.inc(Width.QWORD, Mem.at(Reg64.RSP));
                c.iretq();
            });
        }
        final byte[] random = randomProgram(seed);
        final boolean user = seed % 3 == 0;
        return guest.program(c -> {
            if (user) {
                Guest.enterUser(c, 0x3002);
            } else {
                emit(c, random);
            }
        }).user(c -> emit(c, random));
    }

    private static void emit(final ringside.toolchain.codegen.CodeBuilder c, final byte[] bytes) {
        for (final byte octet : bytes) {
            c.db(octet & 0xFF);
        }
    }

    private record Outcome(RunResult result, long instructions, long cycles, long steps) {
    }

    private static Outcome outcome(final int seed, final Everything observer) {
        try (Machine machine = persistentGuest(seed).machine()) {
            if (observer != null) {
                machine.addObserver(observer);
            }
            final RunResult result = machine.run(BUDGET);
            return new Outcome(result, machine.instructions(), machine.cycles(), machine.otherSteps());
        }
    }

    @Test
    void guestThatSurvivesItsFaultsRunsTheSameWithAndWithoutObservers() {
        long retired = 0;
        for (int seed = FIRST; seed < FIRST + PERSISTENT_RUNS; seed++) {
            final Everything observer = new Everything();
            final Outcome watched = outcome(seed, observer);
            final Outcome quiet = outcome(seed, null);
            assertEquals(quiet, watched, "seed=" + seed);
            assertEquals(watched.instructions(), observer.instructions, "seed=" + seed);
            retired += watched.instructions();
        }
        assertTrue(retired > 100_000, "the programs must get somewhere: retired=" + retired);
    }
}
