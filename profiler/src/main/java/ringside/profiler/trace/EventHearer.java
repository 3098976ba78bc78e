package ringside.profiler.trace;

import java.util.EnumSet;
import java.util.Set;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;

/** Hears the kinds of events that a trace tells of, all in one place; fields as in {@link TraceEvent}. */
public abstract class EventHearer implements MachineObserver {
    /** What a trace counts. */
    private static final Set<EventKind> COUNTED = EnumSet.of(EventKind.EXCEPTION, EventKind.INTERRUPT,
            EventKind.SYSCALL, EventKind.ADDRESS_SPACE, EventKind.PROBE, EventKind.CONSOLE_BYTE, EventKind.HALT,
            EventKind.RESET, EventKind.IDLE);
    /** What an event stream holds. */
    private static final Set<EventKind> STREAMED = EnumSet.of(EventKind.BLOCK, EventKind.DEVICE);

    static {
        STREAMED.addAll(COUNTED);
    }

    private final Set<EventKind> interests;
    private String text = "";

    EventHearer(final Set<EventKind> interests) {
        this.interests = interests;
    }

    static Set<EventKind> counted() {
        return EnumSet.copyOf(COUNTED);
    }

    static Set<EventKind> streamed() {
        return EnumSet.copyOf(STREAMED);
    }

    /** Hears an event. */
    abstract void event(EventKind kind, long cycle, int cpu, int number, long address, long first, long second,
            long third);

    /** {@return the text of the event that is heard, empty but for a reset} */
    final String text() {
        return text;
    }

    @Override
    public final Set<EventKind> interests() {
        return interests;
    }

    @Override
    public final void block(final long cycle, final int cpu, final int code, final long address, final int size,
            final int instructions, final int level) {
        event(EventKind.BLOCK, cycle, cpu, level, address, size, instructions, 0);
    }

    @Override
    public final void exception(
            final long cycle, final int cpu, final int vector, final long errorCode, final long rip) {
        event(EventKind.EXCEPTION, cycle, cpu, vector, rip, errorCode, 0, 0);
    }

    @Override
    public final void interrupt(final long cycle, final int cpu, final int vector, final long rip) {
        event(EventKind.INTERRUPT, cycle, cpu, vector, rip, 0, 0, 0);
    }

    @Override
    public final void syscall(final long cycle, final int cpu, final long rip, final long number) {
        event(EventKind.SYSCALL, cycle, cpu, 0, rip, number, 0, 0);
    }

    @Override
    public final void addressSpace(final long cycle, final int cpu, final long root) {
        event(EventKind.ADDRESS_SPACE, cycle, cpu, 0, 0, root, 0, 0);
    }

    @Override
    public final void probe(final long cycle, final int cpu, final int probe, final long first, final long second,
            final long third) {
        event(EventKind.PROBE, cycle, cpu, probe, 0, first, second, third);
    }

    @Override
    public final void device(final long cycle, final int cpu, final long address, final int size, final long value,
            final boolean write) {
        event(EventKind.DEVICE, cycle, cpu, size, address, value, write ? 1 : 0, 0);
    }

    @Override
    public final void consoleByte(final long cycle, final int cpu, final int value) {
        event(EventKind.CONSOLE_BYTE, cycle, cpu, 0, 0, value, 0, 0);
    }

    @Override
    public final void halt(final long cycle, final int cpu) {
        event(EventKind.HALT, cycle, cpu, 0, 0, 0, 0, 0);
    }

    @Override
    public final void reset(final long cycle, final int cpu, final String cause) {
        text = cause;
        event(EventKind.RESET, cycle, cpu, 0, 0, 0, 0, 0);
        text = "";
    }

    @Override
    public final void idle(final long cycle, final int cpu) {
        event(EventKind.IDLE, cycle, cpu, 0, 0, 0, 0, 0);
    }
}
