package ringside.console.gdb;

import java.util.EnumSet;
import java.util.Set;
import ringside.emulator.event.EventKind;
import ringside.emulator.machine.HostWrite;
import ringside.emulator.travel.Condition;

/**
 * Some bytes of memory are read or written by a CPU, under the virtual address that was named or, by another name,
 * where that address led when the watchpoint was set.
 */
final class Watch implements Condition {
    private static final int PAGE_BITS = 12;
    private static final long IN_PAGE = (1 << PAGE_BITS) - 1;

    private final long virtual;
    private final long physical;
    private final int length;
    private final Set<EventKind> kinds;
    private long hits;
    private int lastCpu;

    /**
     * Makes a watchpoint.
     *
     * @param virtual  first byte
     * @param physical where that is now, or -1 where it is nowhere
     * @param length   bytes, at least 1
     * @param kinds    reads, writes or both
     */
    Watch(final long virtual, final long physical, final int length, final Set<EventKind> kinds) {
        this.virtual = virtual;
        this.physical = physical;
        this.length = length;
        this.kinds = EnumSet.copyOf(kinds);
    }

    /** {@return the vCPU that accessed it last} */
    int lastCpu() {
        return lastCpu;
    }

    @Override
    public Set<EventKind> interests() {
        return kinds;
    }

    @Override
    public void memoryRead(final long cycle, final int cpu, final long address, final int size, final int level,
            final long page) {
        count(cpu, address, size, page);
    }

    @Override
    public void memoryWrite(final long cycle, final int cpu, final long address, final int size, final int level,
            final long page) {
        count(cpu, address, size, page);
    }

    private void count(final int cpu, final long address, final int size, final long page) {
        final boolean named = page != UNKNOWN_PAGE && touches(page << PAGE_BITS | address & IN_PAGE, size, virtual);
        if (named || physical >= 0 && touches(address, size, physical)) {
            hits++;
            lastCpu = cpu;
        }
    }

    private boolean touches(final long address, final int size, final long first) {
        return address - first < length && first - address < size;
    }

    @Override
    public long hits() {
        return hits;
    }

    @Override
    public boolean stopsBefore() {
        return false;
    }

    @Override
    public boolean isBroughtAboutBy(final HostWrite change) {
        return physical >= 0 && kinds.contains(EventKind.MEMORY_WRITE) && change.touches(physical, length);
    }
}
