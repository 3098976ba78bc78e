package ringside.fastpath.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.emulator.snapshot.Snapshot;
import ringside.kernel.abi.KernelLayouts;
import ringside.kernel.abi.KernelMemory;
import ringside.kernel.build.KernelFeatures;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.kernel.build.KernelImageBuilder;
import ringside.toolchain.image.GuestImage;

/** The host counts what there is in the kernel before and after programs did their worst. */
class ObjectCountsTest {
    private static final int KINDS = 10;
    private static final long PAGE = 4096;
    private static final long STEPS = 1 << 18;

    /**
     * What there is.
     *
     * @param objects   in use, by kind
     * @param pages     free, or in the caches of objects
     * @param used      kernel memory charged to the running thread's process
     * @param initUsed  kernel memory charged to init
     */
    private record Counts(List<Long> objects, long pages, long used, long initUsed) {
    }

    /** Counts the marks that the programs have passed. */
    private static final class Marks implements MachineObserver {
        private final GuestImage image;
        private int passed;

        Marks(final GuestImage image) {
            this.image = image;
        }

        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.PROBE);
        }

        @Override
        public void probe(final long cycle, final int cpu, final int probe, final long first, final long second,
                final long third) {
            final String kind = image.probes().get(probe).kind();
            if (kind.startsWith("objects_") || kind.startsWith("paging_") || kind.equals("ipc_begin")
                    || kind.equals("ipc_end") || kind.startsWith("floats_")
                    || kind.equals("rogues_begin")) {
                passed++;
            }
        }
    }

    private record Reader(GuestImage image, Machine machine) {
        private long word(final long physical) {
            return machine.cpu().memory().get(ValueLayout.JAVA_LONG_UNALIGNED, physical);
        }

        private long direct(final long address, final int offset) {
            return word(address - KernelMemory.DIRECT_BASE + offset);
        }

        private long symbol(final String name, final int offset) {
            return word(image.symbols().byName(name).orElseThrow().address() - KernelMemory.KERNEL_BASE + offset);
        }

        Counts read() {
            final List<Long> objects = new ArrayList<>();
            long pages = symbol("frame_free_pages", 0);
            for (int kind = 0; kind < KINDS; kind++) {
                final int cache = kind * KernelLayouts.OBJECT_CACHE.size();
                objects.add(symbol("object_caches", cache + KernelLayouts.OBJECT_CACHE.offset("used")));
                final long bytes = symbol("object_caches", cache + KernelLayouts.OBJECT_CACHE.offset("bytes"));
                final long total = symbol("object_caches", cache + KernelLayouts.OBJECT_CACHE.offset("total"));
                assertEquals(0, total % (PAGE / bytes), "whole pages");
                pages += total / (PAGE / bytes);
            }
            final long thread = symbol("cpu_block", KernelLayouts.CPU.offset("current"));
            final int used = KernelLayouts.PROCESS.offset("used");
            return new Counts(objects, pages,
                    direct(direct(thread, KernelLayouts.THREAD.offset("process")), used),
                    direct(symbol("process_first", 0), used));
        }
    }

    /** Runs until a mark would be passed; where a run goes over one, half of it is tried from where it began. */
    private static List<Counts> run(final FastPath fastPath) {
        final GuestImage image;
        try (KernelImageBuilder builder = KernelImageBuilder.start()) {
            image = builder.build(new KernelFeatures(fastPath));
        }
        final Marks marks = new Marks(image);
        final List<Counts> counts = new ArrayList<>();
        try (Machine machine = Machine.boot(MachineConfig.standard(), image)) {
            machine.addObserver(marks);
            RunResult result;
            do {
                long steps = STEPS;
                boolean over;
                do {
                    final Snapshot before = machine.snapshot();
                    final int passed = marks.passed;
                    result = machine.run(Budget.steps(steps));
                    over = marks.passed > passed;
                    if (over) {
                        machine.restore(before);
                        marks.passed = passed;
                        steps /= 2;
                    }
                } while (steps > 0 && (over || !(result instanceof RunResult.Exited)));
                counts.add(new Reader(image, machine).read());
                if (steps == 0) {
                    result = machine.run(Budget.steps(1));
                }
            } while (!(result instanceof RunResult.Exited));
            assertEquals(new RunResult.Exited(0), result);
        }
        return counts;
    }

    @Test
    void allThatProgramsMakeIsGoneWhenTheyEndIt() {
        for (final FastPath fastPath : List.of(FastPath.NONE, FastPath.ASSEMBLY)) {
            final List<Counts> counts = run(fastPath);
            assertEquals(10, counts.size());
            assertEquals(counts.get(0), counts.get(1));
            assertEquals(counts.get(2), counts.get(3));
            assertEquals(counts.get(4), counts.get(5));
            assertEquals(counts.get(6), counts.get(7));
            // init, console, client, server, cases, objects, paging, smp, ipc, float, interrupts with 1, 3, 3, 1, 8, 1,
            // 1, 1, 1, 1, 1 threads, and the notifications of smp and float in the end, and float's registers; then
            // eight rogues; and the right to use the machine; rings, their peer, servers, names, timer, modes and
            // level-0 with a thread each, and the endpoints of the timer and of who waits for the client's signals.
            assertEquals(List.of(26L, 37L, 40L, 4L, 0L, 0L, 0L, 1L, 1L, 0L), counts.get(0).objects());
            assertEquals(counts.get(0).objects(), counts.get(3).objects());
            assertEquals(List.of(18L, 28L, 40L, 6L, 0L, 0L, 0L, 1L, 1L, 1L), counts.get(9).objects());
        }
    }

    @Test
    void aProcessThatIsKilledGivesBackItsMemoryAndItsQuota() {
        final List<Counts> counts = run(FastPath.ASSEMBLY);
        final long quota = 0x40000;
        assertEquals(8 * (quota + KernelLayouts.PROCESS.size()),
                counts.get(8).initUsed() - counts.get(9).initUsed());
        // Of each: four pages of handles, a root and three tables above programs and stacks, two below, one of stack;
        // its thread's and its own block go back to their caches.
        assertEquals(8 * (4 + 1 + 1 + 1 + 2 + 1), counts.get(9).pages() - counts.get(8).pages());
    }
}
