package ringside.emulator.travel;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.IntStream;
import ringside.emulator.event.EventKind;
import ringside.emulator.memory.GuestRam;

/** Some bytes of physical memory are read or written, by the CPU. */
public final class MemoryWritten implements Condition {
    private final long first;
    private final long last;
    private final Set<EventKind> kinds;
    private long hits;

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

    /** {@return numbers of the pages in which the bytes are} */
    IntStream pages() {
        return IntStream.rangeClosed((int) (first / GuestRam.PAGE), (int) (last / GuestRam.PAGE));
    }

    @Override
    public Set<EventKind> interests() {
        return kinds;
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
        return hits;
    }

    @Override
    public boolean stopsBefore() {
        return false;
    }
}
