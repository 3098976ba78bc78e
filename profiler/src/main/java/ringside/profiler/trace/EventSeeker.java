package ringside.profiler.trace;

import ringside.emulator.event.EventKind;

/** Hears whether one certain event comes. */
public final class EventSeeker extends EventHearer {
    private final TraceEvent sought;
    private long hits;

    /**
     * Makes a seeker.
     *
     * @param sought what is to come
     */
    public EventSeeker(final TraceEvent sought) {
        super(streamed());
        this.sought = sought;
    }

    @Override
    void event(final EventKind kind, final long cycle, final int cpu, final int number, final long address,
            final long first, final long second, final long third) {
        if (cycle == sought.cycle() && cpu == sought.cpu() && kind == sought.kind() && number == sought.number()
                && address == sought.address() && first == sought.first() && second == sought.second()
                && third == sought.third()) {
            hits++;
        }
    }

    /** {@return how often it came} */
    public long hits() {
        return hits;
    }
}
