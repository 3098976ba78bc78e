package ringside.profiler.trace;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import ringside.emulator.event.EventKind;

/** All events of a trace; by symbol, of the blocks of a symbol in a row only the first. */
final class EventStream implements Iterator<TraceEvent>, AutoCloseable {
    /** Blocks that are kept to tell the way by, and symbols of them that are told. */
    private static final int KEPT = 256;
    private static final int TOLD = 6;

    private final Trace trace;
    private final boolean bySymbol;
    private final String[] latest = new String[TraceLimits.CPUS];
    private final Deque<TraceEvent> passed = new ArrayDeque<>();
    private Trace.Events events;
    private int stretch = -1;
    private long read;
    private long steps;
    private TraceEvent next;
    private String nextKey = "";
    private long nextSteps;
    private String key = "";
    private long stepsBefore;
    private TraceEvent current;

    /**
     * Begins with the first event.
     *
     * @param trace    with a stream
     * @param bySymbol whether blocks count as the symbols that they lie in
     */
    EventStream(final Trace trace, final boolean bySymbol) {
        this.trace = trace;
        this.bySymbol = bySymbol;
    }

    /** {@return what the latest event is, wherever its image lies} */
    String key() {
        return key;
    }

    /** {@return the number of the latest event} */
    long number() {
        return read - (next == null ? 1 : 2);
    }

    /**
     * {@return symbols of the blocks before the latest event, the latest last, one that comes several times in a row
     * once}
     */
    List<String> passed() {
        final Deque<String> names = new ArrayDeque<>();
        for (final Iterator<TraceEvent> back = passed.descendingIterator(); back.hasNext() && names.size() < TOLD;) {
            final String name = name(back.next());
            if (!name.equals(names.peekFirst())) {
                names.addFirst(name);
            }
        }
        return List.copyOf(names);
    }

    private String name(final TraceEvent block) {
        final String symbol = trace.symbols().name(block.address());
        return (symbol.isEmpty() ? trace.symbols().format(block.address()) : symbol)
                + (trace.head().cpus() == 1 ? "" : ":" + block.cpu());
    }

    private void pass() {
        if (current != null && current.kind() == EventKind.BLOCK) {
            passed.add(current);
            if (passed.size() > KEPT) {
                passed.remove();
            }
        }
        current = null;
    }

    /**
     * {@return where the stream is, as what is different} Reads the rest of the stretch: its end tells how many
     * steps the events hide.
     *
     * @param event the latest one, or none behind the last
     */
    TraceDiff.Side side(final Optional<TraceEvent> event) {
        if (event.isEmpty()) {
            return new TraceDiff.Side(event, trace.steps(), trace.steps());
        }
        while (events.hasNext()) {
            steps += steps(events.next());
        }
        final long hidden = trace.stretches().get(stretch).end().steps() - steps;
        return new TraceDiff.Side(event, stepsBefore, stepsBefore + Math.max(0, hidden));
    }

    /** {@return how many steps an event tells of: a block that ended, or a step that is no instruction} */
    private static long steps(final TraceEvent event) {
        return switch (event.kind()) {
            case BLOCK -> event.second();
            case EXCEPTION, INTERRUPT, HALT -> 1;
            default -> 0;
        };
    }

    @Override
    public boolean hasNext() {
        while (next == null) {
            if (events != null && events.hasNext()) {
                take(events.next());
            } else if (stretch + 1 < trace.stretches().size()) {
                close();
                steps = stretch < 0 ? 0 : trace.stretches().get(stretch).end().steps();
                stretch++;
                events = trace.events(stretch);
            } else {
                pass();
                return false;
            }
        }
        return true;
    }

    private void take(final TraceEvent event) {
        read++;
        final long before = steps;
        steps += steps(event);
        final String symbol = trace.symbols().name(event.address());
        final String place = event.cpu() + " " + symbol;
        if (bySymbol && event.kind() == EventKind.BLOCK) {
            if (place.equals(latest[event.cpu()])) {
                return;
            }
            latest[event.cpu()] = place;
        }
        next = event;
        nextSteps = before;
        nextKey = !bySymbol ? "" : switch (event.kind()) {
            case BLOCK -> place;
            case PROBE -> event.cpu() + " probe " + trace.symbols().probe(event.number());
            case ADDRESS_SPACE -> event.cpu() + " address space";
            case DEVICE -> event.cpu() + " device " + event.address() + " " + event.number() + " " + event.second();
            default -> place + " " + event.kind() + " " + event.number() + " " + event.first();
        };
    }

    @Override
    public TraceEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        final TraceEvent taken = next;
        key = nextKey;
        stepsBefore = nextSteps;
        pass();
        current = taken;
        next = null;
        return taken;
    }

    @Override
    public void close() {
        if (events != null) {
            events.close();
        }
    }
}
