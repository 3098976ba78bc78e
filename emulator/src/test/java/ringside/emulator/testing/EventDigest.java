package ringside.emulator.testing;

import java.util.EnumSet;
import java.util.Set;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;

/** One number for all events of a run, in their order and with all that they carry. */
public final class EventDigest implements MachineObserver {
    private long hash = 0xCBF2_9CE4_8422_2325L;
    private long events;
    private final Set<EventKind> interests;

    /** Makes one of all events. */
    public EventDigest() {
        this(EnumSet.allOf(EventKind.class));
    }

    /**
     * Makes one of some events.
     *
     * @param interests their kinds
     */
    public EventDigest(final Set<EventKind> interests) {
        this.interests = Set.copyOf(interests);
    }

    private void add(final int kind, final long... values) {
        events++;
        hash = (hash ^ kind) * 0x100_0000_01B3L;
        for (final long value : values) {
            hash = (hash ^ value) * 0x100_0000_01B3L;
            hash ^= hash >>> 29;
        }
    }

    /** {@return it, with the number of events} */
    public String value() {
        return events + ":" + Long.toHexString(hash);
    }

    @Override
    public Set<EventKind> interests() {
        return interests;
    }

    @Override
    public void instruction(final long cycle, final int cpu, final long address, final int length, final int level) {
        add(1, cycle, cpu, address, length, level);
    }

    @Override
    public void memoryRead(final long cycle, final int cpu, final long address, final int size, final int level) {
        add(2, cycle, cpu, address, size, level);
    }

    @Override
    public void memoryWrite(final long cycle, final int cpu, final long address, final int size, final int level) {
        add(3, cycle, cpu, address, size, level);
    }

    @Override
    public void exception(
            final long cycle, final int cpu, final int vector, final long errorCode, final long rip) {
        add(4, cycle, cpu, vector, errorCode, rip);
    }

    @Override
    public void interrupt(final long cycle, final int cpu, final int vector, final long rip) {
        add(5, cycle, cpu, vector, rip);
    }

    @Override
    public void block(final long cycle, final int cpu, final int code, final long address, final int size,
            final int instructions, final int level) {
        add(6, cycle, cpu, address, size, instructions, level);
    }

    @Override
    public void addressSpace(final long cycle, final int cpu, final long root) {
        add(7, cycle, cpu, root);
    }

    @Override
    public void device(final long cycle, final int cpu, final long address, final int size, final long value,
            final boolean write) {
        add(8, cycle, cpu, address, size, value, write ? 1 : 0);
    }

    @Override
    public void consoleByte(final long cycle, final int cpu, final int value) {
        add(9, cycle, cpu, value);
    }

    @Override
    public void halt(final long cycle, final int cpu) {
        add(10, cycle, cpu);
    }

    @Override
    public void syscall(final long cycle, final int cpu, final long rip, final long number) {
        add(11, cycle, cpu, rip, number);
    }

    @Override
    public void probe(final long cycle, final int cpu, final int probe, final long first, final long second,
            final long third) {
        add(12, cycle, cpu, probe, first, second, third);
    }
}
