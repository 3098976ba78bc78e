package ringside.profiler.model;

import java.util.ArrayList;
import java.util.List;

/** What the cores of a machine share: the last cache, memory, and the directory of who has which line. */
final class SharedMemory {
    private static final int LINE_SHIFT = 6;

    private final Cache last;
    private final int lastLatency;
    private final int memoryLatency;
    private final int transfer;
    private final Directory directory = new Directory();
    private final List<DataPath> cores = new ArrayList<>();
    private boolean alone;
    private Cause source = Cause.L3;

    SharedMemory(final Microarchitecture.Memory shape) {
        last = new Cache(shape.l3().bytes() >> LINE_SHIFT, shape.l3().ways());
        lastLatency = shape.l3().latency();
        memoryLatency = shape.dram();
        transfer = shape.transfer();
    }

    void add(final DataPath core) {
        cores.add(core);
        alone = cores.size() == 1;
    }

    /** {@return the cache that all share} */
    Cache last() {
        return last;
    }

    /** {@return cycles for a line to come from another core} */
    int transfer() {
        return transfer;
    }

    Cause source() {
        return source;
    }

    /** {@return the cycle in which a line that is in none of the core's own caches is there} */
    long load(final long line, final long cycle) {
        if (last.use(line)) {
            source = Cause.L3;
            return Math.max(cycle, last.time(line)) + lastLatency;
        }
        source = Cause.DRAM;
        final long data = cycle + memoryLatency;
        last.fill(line, data - lastLatency);
        return data;
    }

    /** {@return the core that had the line to write, or a negative number} */
    int read(final int core, final long line) {
        return alone ? Directory.FREE : directory.read(core, line);
    }

    /** {@return whether the line, or the right to write it, has to come from other cores, which forget it} */
    boolean write(final int core, final long line) {
        if (alone) {
            return false;
        }
        int others = directory.write(core, line);
        final boolean moved = others != 0;
        for (; others != 0; others &= others - 1) {
            cores.get(Integer.numberOfTrailingZeros(others)).forget(line);
        }
        return moved;
    }
}
