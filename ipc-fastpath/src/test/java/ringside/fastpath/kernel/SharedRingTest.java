package ringside.fastpath.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
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
import ringside.kernel.abi.RingAbi;
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

    /** Where a message is taken, reads the ring in the memory of the process that takes it. */
    private static final class Reader implements MachineObserver {
        private final GuestImage image;
        private final Machine machine;
        private int numbered;
        private int impossible;

        Reader(final GuestImage image, final Machine machine) {
            this.image = image;
            this.machine = machine;
        }

        private long physical(final long virtual) {
            return machine.cpu().translate(virtual);
        }

        private int half(final long physical) {
            return machine.cpu().memory().get(ValueLayout.JAVA_INT_UNALIGNED, physical);
        }

        private long word(final long physical) {
            return machine.cpu().memory().get(ValueLayout.JAVA_LONG_UNALIGNED, physical);
        }

        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.PROBE);
        }

        @Override
        public void probe(final long cycle, final int cpu, final int probe, final long first, final long second,
                final long third) {
            if (!image.probes().get(probe).kind().equals("ring_pop")) {
                return;
            }
            final int slots = half(physical(first) + RingAbi.END.offset("slots"));
            final long ring = physical(word(physical(first) + RingAbi.END.offset("ring")));
            final int index = (int) second;
            final int left = half(ring + RingAbi.RING.offset("tail")) - index;
            if (left < 1 || left > slots) {
                impossible++;
            }
            if (word(ring + RingAbi.RING.size() + (long) (index & slots - 1) * RingAbi.SLOT) == index + 1L) {
                numbered++;
            }
        }
    }

    private static GuestImage image() {
        try (BantamImages images = BantamImages.open()) {
            return images.build(Variant.FAST_ASM, true);
        }
    }

    @Test
    void theHostReadsRingsByTheirDeclarations() {
        final GuestImage image = image();
        try (Machine machine = Machine.boot(MachineConfig.standard(), image)) {
            final Reader reader = new Reader(image, machine);
            machine.addObserver(reader);
            assertEquals(new RunResult.Exited(0), machine.run(BUDGET));
            assertEquals(0, reader.impossible, "a message is taken that was put");
            assertTrue(reader.numbered >= 4 * MESSAGES, "the slot of the index has its message: " + reader.numbered);
        }
    }

    private static Marks run(final int cpus, final long quantum) {
        final GuestImage image = image();
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
