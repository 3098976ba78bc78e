package ringside.fastpath.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import ringside.emulator.engine.GuestPaging;
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
    private static final long SLICE = 20_000;
    private static final long SHORT_SLICE = 97;
    /** Times that the host may see an index that a case has made wrong. */
    private static final int LIES = 20;

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

    /** Knows the end by which a message was taken last, and reads its ring where the machine stops. */
    private static final class Reader implements MachineObserver {
        private final GuestImage image;
        private final Machine machine;
        private long end;
        private int numbered;
        private int impossible;

        Reader(final GuestImage image, final Machine machine) {
            this.image = image;
            this.machine = machine;
        }

        private int half(final long physical) {
            return machine.cpu().memory().get(ValueLayout.JAVA_INT_UNALIGNED, physical);
        }

        private long word(final long physical) {
            return machine.cpu().memory().get(ValueLayout.JAVA_LONG_UNALIGNED, physical);
        }

        /** The process that took the message may have ended its turn, and the case its ring. */
        void look() {
            final long physical = machine.cpu().translate(end);
            if (physical == GuestPaging.UNMAPPED) {
                return;
            }
            final int slots = half(physical + RingAbi.END.offset("slots"));
            final long ring = machine.cpu().translate(word(physical + RingAbi.END.offset("ring")));
            if (slots == 0 || ring == GuestPaging.UNMAPPED) {
                return;
            }
            final int head = half(ring + RingAbi.RING.offset("head"));
            final int left = half(ring + RingAbi.RING.offset("tail")) - head;
            if (left < 0 || left > slots) {
                impossible++;
            } else if (left > 0 && word(ring + RingAbi.RING.size() + (long) (head & slots - 1) * RingAbi.SLOT)
                    == head + 1L) {
                numbered++;
            }
        }

        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.PROBE);
        }

        @Override
        public void probe(final long cycle, final int cpu, final int probe, final long first, final long second,
                final long third) {
            if (image.probes().get(probe).kind().equals("ring_pop")) {
                end = first;
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
            RunResult result;
            boolean began = false;
            do {
                result = machine.run(Budget.steps(began ? SHORT_SLICE : SLICE));
                if (reader.end != 0) {
                    began = true;
                    reader.look();
                    reader.end = 0;
                }
            } while (result instanceof RunResult.BudgetSpent);
            assertEquals(new RunResult.Exited(0), result);
            assertTrue(reader.impossible <= LIES, "messages are taken that were put: " + reader.impossible);
            assertTrue(reader.numbered >= MESSAGES, "the slot of the head has its message: " + reader.numbered);
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
