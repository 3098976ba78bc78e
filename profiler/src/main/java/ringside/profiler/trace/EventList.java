package ringside.profiler.trace;

import java.util.function.Consumer;
import ringside.emulator.event.EventKind;

/** Hands on what happens as values: an observer of a machine, for who has a use for each event. */
public final class EventList extends EventHearer {
    private final Consumer<TraceEvent> taker;

    /**
     * Makes a list that nobody keeps.
     *
     * @param taker of each event, in order
     */
    public EventList(final Consumer<TraceEvent> taker) {
        super(streamed());
        this.taker = taker;
    }

    @Override
    void event(final EventKind kind, final long cycle, final int cpu, final int number, final long address,
            final long first, final long second, final long third) {
        taker.accept(new TraceEvent(kind, cycle, cpu, number, address, first, second, third, text()));
    }
}
