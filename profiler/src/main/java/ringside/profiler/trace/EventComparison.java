package ringside.profiler.trace;

import java.util.Optional;
import ringside.emulator.event.EventKind;

/** Holds what happens against a recorded event stream, event by event: an observer of the machine that runs again. */
public final class EventComparison extends EventEncoder implements AutoCloseable {
    private final Trace trace;
    private int stretch = -1;
    private SectionReader file;
    private Trace.Sections sections;
    private TraceCursor recorded;
    private long equal;
    private TraceEvent here;
    private boolean differs;

    /**
     * Makes a comparison that stands before the first stretch.
     *
     * @param trace with an event stream
     */
    public EventComparison(final Trace trace) {
        this.trace = trace;
    }

    /** Goes to the next stretch. */
    public void beginNext() {
        if (file == null) {
            file = SectionReader.open(trace.file());
        }
        stretch++;
        file.skipTo(trace.offsets().get(stretch));
        sections = new Trace.Sections(file);
        recorded = null;
        equal = 0;
        begin();
    }

    @Override
    void event(final EventKind kind, final long cycle, final int cpu, final int number, final long address,
            final long first, final long second, final long third) {
        if (differs) {
            return;
        }
        super.event(kind, cycle, cpu, number, address, first, second, third);
        if (isAsRecorded()) {
            equal++;
        } else {
            differs = true;
            here = new TraceEvent(kind, cycle, cpu, number, address, first, second, third, text());
        }
        bytes().clear();
    }

    private boolean isAsRecorded() {
        final byte[] told = bytes().array();
        for (int i = 0; i < bytes().size(); i++) {
            if (!hasMore() || recorded.u8() != Byte.toUnsignedInt(told[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean hasMore() {
        while (recorded == null || recorded.isAtEnd()) {
            if (!sections.hasNext()) {
                return false;
            }
            recorded = sections.next();
        }
        return true;
    }

    /** {@return whether an event came that was not recorded there} */
    public boolean differs() {
        return differs;
    }

    /** {@return whether all events of this stretch that were recorded came, and no others; asked at its end} */
    public boolean isWhole() {
        if (!differs && hasMore()) {
            differs = true;
        }
        return !differs;
    }

    /** {@return the first event that was not recorded there; empty where fewer came than were recorded} */
    public Optional<TraceEvent> here() {
        return Optional.ofNullable(here);
    }

    /** {@return what was recorded there; empty where nothing more was} */
    public Optional<TraceEvent> recorded() {
        try (Trace.Events events = trace.events(stretch)) {
            for (long i = 0; i < equal && events.hasNext(); i++) {
                events.next();
            }
            return events.hasNext() ? Optional.of(events.next()) : Optional.empty();
        }
    }

    /** {@return how many events of this stretch were as recorded} */
    public long equal() {
        return equal;
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
