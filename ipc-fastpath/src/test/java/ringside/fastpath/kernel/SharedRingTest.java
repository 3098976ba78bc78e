package ringside.fastpath.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.fastpath.experiment.BantamImages;
import ringside.fastpath.experiment.Variant;
import ringside.toolchain.image.GuestImage;

/** What the marks of shared rings tell while the user program {@code rings} runs. */
class SharedRingTest {
    private static final Budget BUDGET = Budget.steps(300_000_000);
    /** Messages of each case with two processes. */
    private static final int MESSAGES = 200;

    /** Counts the rings' marks by kind and CPU. */
    private static final class Marks implements MachineObserver {
        private final GuestImage image;
        private final Map<String, Integer> counts = new TreeMap<>();

        Marks(final GuestImage image) {
            this.image = image;
        }

        private int count(final String kind, final int cpu) {
            return counts.getOrDefault(kind + " " + cpu, 0);
        }

        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.PROBE);
        }

        @Override
        public void probe(final long cycle, final int cpu, final int probe, final long first, final long second,
                final long third) {
            final String kind = image.probes().get(probe).kind();
            if (!kind.startsWith("ring_")) {
                return;
            }
            counts.merge(kind + " " + cpu, 1, Integer::sum);
        }
    }

    private static Marks run(final int cpus, final long quantum) {
        final GuestImage image;
        try (BantamImages images = BantamImages.open()) {
            image = images.build(Variant.FAST_ASM, true);
        }
        final Marks marks = new Marks(image);
        final MachineConfig config = MachineConfig.standard().withVcpus(cpus).withQuantum(quantum);
        try (Machine machine = Machine.boot(config, image)) {
            machine.addObserver(marks);
            assertEquals(new RunResult.Exited(0), machine.run(BUDGET));
        }
        return marks;
    }

    @Test
    void messagesGoThroughRingsFromCpuToCpuAndBothSidesWait() {
        final Marks marks = run(2, 1009);
        assertTrue(marks.count("ring_push", 1) >= MESSAGES, marks.counts::toString);
        assertTrue(marks.count("ring_pop", 1) >= MESSAGES, marks.counts::toString);
        assertTrue(marks.count("ring_push", 0) >= 3 * MESSAGES, marks.counts::toString);
        assertTrue(marks.count("ring_pop", 0) >= 3 * MESSAGES, marks.counts::toString);
        assertTrue(marks.count("ring_wait", 0) > 0 && marks.count("ring_wait", 1) > 0, marks.counts::toString);
    }

    @Test
    void onOneCpuASideWaitsOnceARingful() {
        final Marks marks = run(1, 20_000);
        assertTrue(marks.count("ring_push", 0) >= 4 * MESSAGES, marks.counts::toString);
        assertTrue(marks.count("ring_pop", 0) >= 4 * MESSAGES, marks.counts::toString);
        final int waits = marks.count("ring_wait", 0);
        assertTrue(waits > 0 && waits < 4 * MESSAGES, marks.counts::toString);
    }
}
