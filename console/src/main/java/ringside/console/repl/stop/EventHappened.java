package ringside.console.repl.stop;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import ringside.console.repl.guest.RefusedException;
import ringside.emulator.event.EventKind;
import ringside.emulator.travel.Condition;

/** An event of a kind happens, with certain values if some are asked for. */
public final class EventHappened implements Condition {
    /** Hears nothing. */
    static final Listener NOBODY = (cycle, cpu, ahead, text) -> { };

    private final EventType type;
    private final Map<String, Long> wanted;
    private final LongFunction<String> names;
    private Listener listener = NOBODY;
    private long hits;
    private List<String> latestRegisters = List.of();
    private long[] latest;

    /** Hears each event that counts. */
    interface Listener {
        /**
         * An event happened.
         *
         * @param cycle clock
         * @param cpu   vCPU
         * @param ahead whether the clock is that before the instruction
         * @param text  kind and values
         */
        void heard(long cycle, int cpu, boolean ahead, String text);
    }

    /**
     * Makes a condition.
     *
     * @param type   of the event
     * @param wanted values that arguments must have, by name
     * @param names  an address for people
     * @throws RefusedException where the kind has no such argument
     */
    public EventHappened(final EventType type, final Map<String, Long> wanted, final LongFunction<String> names) {
        this.type = type;
        this.wanted = new TreeMap<>(wanted);
        this.names = names;
        for (final String name : wanted.keySet()) {
            if (!"cpu".equals(name) && !type.arguments().contains(name)
                    && type.probes().values().stream().noneMatch(registers -> registers.contains(name))) {
                throw new RefusedException("an event " + type.name() + " has no '" + name + "': "
                    + type.argumentNames());
            }
        }
    }

    /**
     * Sets who hears each event.
     *
     * @param who is told at once
     */
    void listen(final Listener who) {
        listener = who;
    }

    /**
     * {@return the latest event that counted, for people; empty where there was none}
     *
     * @param named a value for people
     */
    String latest(final LongFunction<String> named) {
        return latest == null ? "" : text(latestRegisters, latest, named);
    }

    @Override
    public Set<EventKind> interests() {
        return EnumSet.of(type.kind());
    }

    private void happened(final long cycle, final int cpu, final List<String> registers, final long... values) {
        for (final Map.Entry<String, Long> one : wanted.entrySet()) {
            if (!has(cpu, registers, values, one.getKey(), one.getValue())) {
                return;
            }
        }
        hits++;
        latestRegisters = registers;
        latest = values;
        if (listener != NOBODY) {
            listener.heard(cycle, cpu, type.kind() == EventKind.PROBE, text(registers, values, names));
        }
    }

    private boolean has(
            final int cpu, final List<String> registers, final long[] values, final String name, final long value) {
        if ("cpu".equals(name)) {
            return cpu == value;
        }
        int at = type.arguments().indexOf(name);
        at = at < 0 ? registers.indexOf(name) : at;
        return at >= 0 && at < values.length && values[at] == value;
    }

    private String text(final List<String> registers, final long[] values, final LongFunction<String> named) {
        final StringBuilder text = new StringBuilder(type.name());
        final int count = type.kind() == EventKind.PROBE ? registers.size() : type.arguments().size();
        for (int i = 0; i < count && i < values.length; i++) {
            final String name = type.kind() == EventKind.PROBE ? registers.get(i) : type.arguments().get(i);
            text.append(' ').append(name).append('=').append("vector".equals(name) || "number".equals(name)
                ? Long.toString(values[i]) : named.apply(values[i]));
        }
        return text.toString();
    }

    @Override
    public void exception(final long cycle, final int cpu, final int vector, final long code, final long rip) {
        happened(cycle, cpu, List.of(), vector, code, rip);
    }

    @Override
    public void interrupt(final long cycle, final int cpu, final int vector, final long rip) {
        happened(cycle, cpu, List.of(), vector, rip);
    }

    @Override
    public void syscall(final long cycle, final int cpu, final long rip, final long number) {
        happened(cycle, cpu, List.of(), number, rip);
    }

    @Override
    public void addressSpace(final long cycle, final int cpu, final long root) {
        happened(cycle, cpu, List.of(), root);
    }

    @Override
    public void device(final long cycle, final int cpu, final long address, final int size, final long value,
            final boolean write) {
        happened(cycle, cpu, List.of(), address, size, value, write ? 1 : 0);
    }

    @Override
    public void halt(final long cycle, final int cpu) {
        happened(cycle, cpu, List.of());
    }

    @Override
    public void idle(final long cycle, final int cpu) {
        happened(cycle, cpu, List.of());
    }

    @Override
    public void probe(
            final long cycle, final int cpu, final int probe, final long first, final long second, final long third) {
        final List<String> registers = type.probes().get(probe);
        if (registers != null) {
            happened(cycle, cpu, registers, first, second, third);
        }
    }

    @Override
    public long hits() {
        return hits;
    }

    @Override
    public boolean stopsBefore() {
        return type.kind() != EventKind.IDLE;
    }
}
