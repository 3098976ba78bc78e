package ringside.fastpath.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.InputSource;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.emulator.snapshot.Snapshot;
import ringside.emulator.snapshot.SnapshotFile;
import ringside.toolchain.image.GuestImage;

/** Bantam comes to one end, whichever way it goes there. */
class BantamStateTest {
    private static final Budget ALL = Budget.steps(1_000_000_000);
    private static final int STOPS = 12;

    private static GuestImage image;
    private static String text;
    private static long steps;
    private static String state;

    @TempDir
    private Path directory;

    @BeforeAll
    static void runStraight() {
        try (BantamImages images = BantamImages.open()) {
            image = images.build(Variant.FAST_ASM);
        }
        final ByteArrayOutputStream serial = new ByteArrayOutputStream();
        try (Machine machine = machine(serial)) {
            assertEquals(new RunResult.Exited(0), machine.run(ALL));
            steps = machine.steps();
            state = machine.stateHash();
        }
        text = serial.toString(StandardCharsets.US_ASCII);
        assertTrue(text.endsWith("bantam: done\n"), text);
    }

    @AfterAll
    static void forget() {
        image = null;
    }

    private static Machine machine(final ByteArrayOutputStream serial) {
        return Machine.boot(MachineConfig.standard().withSerial(serial::write), image);
    }

    private static void assertEnds(final Machine machine, final String way) {
        assertEquals(new RunResult.Exited(0), machine.run(ALL), way);
        assertEquals(steps, machine.steps(), way);
        assertEquals(state, machine.stateHash(), way);
    }

    @Test
    void slicesLeadToTheSameEnd() {
        final ByteArrayOutputStream serial = new ByteArrayOutputStream();
        try (Machine machine = machine(serial)) {
            for (long slice = 1; machine.run(Budget.steps(slice)) instanceof RunResult.BudgetSpent;) {
                slice = slice * 3 % 100_003 + 1;
            }
            assertEnds(machine, "in slices");
        }
        assertEquals(text, serial.toString(StandardCharsets.US_ASCII));
    }

    @Test
    void observersLeadToTheSameEnd() {
        try (Machine machine = machine(new ByteArrayOutputStream())) {
            machine.addObserver(new MachineObserver() {
                @Override
                public Set<EventKind> interests() {
                    return EnumSet.allOf(EventKind.class);
                }
            });
            assertEnds(machine, "watched");
        }
    }

    /** The cycles of all system calls and probes, in order, in one number. */
    private static final class Times implements MachineObserver {
        private long hash;
        private int count;

        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.SYSCALL, EventKind.PROBE, EventKind.INTERRUPT, EventKind.EXCEPTION);
        }

        private void add(final long... values) {
            count++;
            for (final long value : values) {
                hash = (hash ^ value) * 0x100_0000_01B3L;
            }
        }

        @Override
        public void syscall(final long cycle, final int cpu, final long rip, final long number) {
            add(cycle, rip, number);
        }

        @Override
        public void probe(final long cycle, final int cpu, final int probe, final long first, final long second,
                final long third) {
            add(cycle, probe, first, second, third);
        }

        @Override
        public void interrupt(final long cycle, final int cpu, final int vector, final long rip) {
            add(cycle, vector, rip);
        }

        @Override
        public void exception(
                final long cycle, final int cpu, final int vector, final long errorCode, final long rip) {
            add(cycle, vector, errorCode, rip);
        }
    }

    /** Who wants no blocks hears all else at the same cycles as who hears among them. */
    @Test
    void probesAndSystemCallsComeAtTheSameCyclesWhetherSomebodyHearsBlocksOrNot() {
        final Times alone = new Times();
        final Times among = new Times();
        try (Machine machine = machine(new ByteArrayOutputStream())) {
            machine.addObserver(alone);
            assertEnds(machine, "watched");
        }
        try (Machine machine = machine(new ByteArrayOutputStream())) {
            machine.addObserver(among);
            machine.addObserver(new MachineObserver() {
                @Override
                public Set<EventKind> interests() {
                    return EnumSet.of(EventKind.BLOCK);
                }
            });
            assertEnds(machine, "watched with blocks");
        }
        assertTrue(alone.count > 10_000, "there are many: " + alone.count);
        assertEquals(among.count, alone.count);
        assertEquals(among.hash, alone.hash);
    }

    /** Of probes in the kernel above all: who stops to want them must leave nothing behind in the engine. */
    @Test
    void observersThatComeAndGoLeadToTheSameEnd() {
        final Random random = new Random(2);
        final MachineObserver guest = new MachineObserver() {
            @Override
            public Set<EventKind> interests() {
                return Set.of(EventKind.PROBE, EventKind.MEMORY_READ);
            }
        };
        try (Machine machine = machine(new ByteArrayOutputStream())) {
            for (int i = 0; i < STOPS; i++) {
                machine.addObserver(guest);
                machine.run(Budget.steps(1 + random.nextInt(20_000)));
                machine.removeObserver(guest);
                machine.run(Budget.steps(1 + random.nextInt(2000)));
            }
            assertEnds(machine, "watched now and then");
        }
    }

    @Test
    void everyStopLeadsToTheSameEndOnAnyMachine() throws IOException {
        final Random random = new Random(1);
        final List<Snapshot> stops = new ArrayList<>();
        final ByteArrayOutputStream serial = new ByteArrayOutputStream();
        final List<Integer> sent = new ArrayList<>();
        try (Machine machine = machine(serial)) {
            for (int i = 0; i < STOPS; i++) {
                machine.run(Budget.steps(1 + random.nextLong(steps / STOPS)));
                stops.add(machine.snapshot());
                sent.add(serial.size());
            }
            for (int i = STOPS - 1; i >= 0; i -= 3) {
                machine.restore(stops.get(i));
                assertEnds(machine, "restored at step " + stops.get(i).steps());
            }
            for (int i = 0; i < STOPS; i += 4) {
                final ByteArrayOutputStream rest = new ByteArrayOutputStream();
                try (Machine fork = machine.fork(stops.get(i), rest::write, InputSource.NONE)) {
                    assertEnds(fork, "forked at step " + stops.get(i).steps());
                }
                assertEquals(text.substring(sent.get(i)), rest.toString(StandardCharsets.US_ASCII));
                final Path file = directory.resolve("bantam.snapshot");
                SnapshotFile.write(stops.get(i), file);
                try (Machine read = Machine.resume(MachineConfig.standard(), image,
                        SnapshotFile.read(file, MachineConfig.standard().memory(), 0))) {
                    assertEnds(read, "read at step " + stops.get(i).steps());
                }
            }
        }
    }
}
