package ringside.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import ringside.emulator.snapshot.Snapshot;
import ringside.emulator.snapshot.SnapshotException;
import ringside.emulator.snapshot.StatePart;
import ringside.emulator.testing.Guest;

/**
 * A snapshot from anywhere is refused, or runs as a guest does: whatever its parts say, nothing ends the JVM.
 *
 * <p>A longer run: {@code -Dringside.fuzz.first=SEED -Dringside.fuzz.factor=N}.
 */
@Tag("fuzz")
class HostileSnapshotTest {
    private static final int FIRST = Integer.getInteger("ringside.fuzz.first", 0);
    private static final int FACTOR = Integer.getInteger("ringside.fuzz.factor", 1);
    private static final int MUTANTS = 1500 * FACTOR;
    private static final MachineConfig CONFIG = MachineConfig.standard().withMemory(4 << 20).withVcpus(2);

    private static StatePart mutant(final StatePart part, final Random random) {
        final byte[] bytes = part.bytes().clone();
        for (int changes = 1 + random.nextInt(3); changes > 0 && bytes.length > 0; changes--) {
            final int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes[at] = (byte) 0xFF;
                default -> bytes[at] = 0;
            }
        }
        return new StatePart(part.name(), bytes, part.hashed());
    }

    @Test
    void aSnapshotOfDamagedPartsIsRefusedOrRuns() {
        final Guest guest = RandomGuestTest.persistentGuest(3);
        final Map<String, Integer> ends = new TreeMap<>();
        try (Machine machine = Machine.boot(CONFIG, guest.image())) {
            machine.run(Budget.steps(1500));
            final Snapshot whole = machine.snapshot();
            for (int seed = FIRST; seed < FIRST + MUTANTS; seed++) {
                final Random random = new Random(seed);
                final List<StatePart> parts = new ArrayList<>(whole.parts());
                final int hit = random.nextInt(parts.size());
                parts.set(hit, mutant(parts.get(hit), random));
                final Snapshot damaged = new Snapshot(whole.image(), whole.make(), whole.steps(), whole.cycles(),
                        whole.ram(), parts);
                try {
                    machine.restore(damaged);
                    ends.merge(machine.run(Budget.steps(500)).getClass().getSimpleName(), 1, Integer::sum);
                } catch (final SnapshotException refusal) {
                    assertTrue(refusal.getMessage().startsWith("snapshot: " + parts.get(hit).name())
                            || refusal.getMessage().startsWith("snapshot: time: "),
                            "seed=" + seed + " " + refusal.getMessage());
                    ends.merge("refused", 1, Integer::sum);
                } catch (final RuntimeException failure) {
                    throw new AssertionError("seed=" + seed + " part=" + parts.get(hit).name(), failure);
                }
            }
            machine.restore(whole);
            assertTrue(machine.stateHash().equals(whole.hash()), "the machine is as good as ever");
        }
        assertTrue(ends.get("refused") > MUTANTS / 20 && ends.get("BudgetSpent") > MUTANTS / 4, ends.toString());
    }
}
