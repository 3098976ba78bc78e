package ringside.emulator.travel;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.IntStream;
import ringside.emulator.event.EventKind;
import ringside.emulator.machine.HostWrite;
import ringside.emulator.machine.Machine;
import ringside.emulator.memory.GuestRam;

/**
 * Some bytes of physical memory are read or written: by a CPU; if it is about writes alone, also by devices and page
 * walks.
 */
public final class MemoryWritten implements Condition {
    private final long first;
    private final long last;
    private final Set<EventKind> kinds;
    private long hits;
    private Machine counting;
    private long countedBefore;

    /**
     * Makes a condition of writes.
     *
     * @param physical first byte
     * @param bytes    how many, at least 1
     */
    public MemoryWritten(final long physical, final int bytes) {
        this(physical, bytes, EnumSet.of(EventKind.MEMORY_WRITE));
    }

    /**
     * Makes a condition.
     *
     * @param physical first byte
     * @param bytes    how many, at least 1
     * @param kinds    {@link EventKind#MEMORY_READ}, {@link EventKind#MEMORY_WRITE} or both
     */
    public MemoryWritten(final long physical, final int bytes, final Set<EventKind> kinds) {
        if (bytes < 1 || physical < 0) {
            throw new IllegalArgumentException("no such memory: physical=" + physical + " bytes=" + bytes);
        }
        first = physical;
        last = physical + bytes - 1;
        this.kinds = Set.copyOf(kinds);
    }

    /** {@return the first byte, physical} */
    public long first() {
        return first;
    }

    /** {@return how many bytes} */
    public int bytes() {
        return (int) (last - first + 1);
    }

    /** {@return numbers of the pages in which the bytes are} */
    IntStream pages() {
        return IntStream.rangeClosed((int) (first / GuestRam.PAGE), (int) (last / GuestRam.PAGE));
    }

    /** {@return whether a machine can count what this one is about, at no cost} */
    boolean isOfStoresAlone() {
        return kinds.equals(Set.of(EventKind.MEMORY_WRITE));
    }

    /** From here on the machine counts; this is no observer then. */
    void count(final Machine machine) {
        machine.watchStores(first, (int) (last - first + 1));
        counting = machine;
        countedBefore = machine.watchedStores();
    }

    /** The machine counts no more. */
    void countNoMore() {
        hits = hits();
        counting.watchStores(0, 0);
        counting = null;
    }

    @Override
    public Set<EventKind> interests() {
        return kinds;
    }

    @Override
    public long memoryBegin() {
        return first;
    }

    @Override
    public long memoryEnd() {
        return last;
    }

    @Override
    public void memoryRead(final long cycle, final int cpu, final long address, final int size, final int level) {
        count(address, size);
    }

    @Override
    public void memoryWrite(final long cycle, final int cpu, final long address, final int size, final int level) {
        count(address, size);
    }

    private void count(final long address, final int size) {
        if (address <= last && address + size > first) {
            hits++;
        }
    }

    @Override
    public long hits() {
        return hits + (counting == null ? 0 : counting.watchedStores() - countedBefore);
    }

    @Override
    public boolean stopsBefore() {
        return false;
    }

    @Override
    public boolean isBroughtAboutBy(final HostWrite change) {
        return kinds.contains(EventKind.MEMORY_WRITE) && change.touches(first, last - first + 1);
    }

    @Override
    public String toString() {
        return kinds + " of 0x" + Long.toHexString(first) + ", " + bytes() + " bytes";
    }
}
