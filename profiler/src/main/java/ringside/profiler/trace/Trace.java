package ringside.profiler.trace;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import ringside.emulator.input.InputLog;

/**
 * A recorded run, read from a file: all but the event stream, which stays there.
 *
 * @param file      it was read from
 * @param head      who recorded what
 * @param symbols   names of the image
 * @param input     what came into COM1
 * @param stretches from checkpoint to checkpoint, the first from the start
 * @param end       how it ended; empty where the recording did not
 * @param offsets   where each stretch begins in the file, bytes
 */
public record Trace(
        Path file, TraceHead head, TraceSymbols symbols, InputLog input, List<Stretch> stretches,
        Optional<TraceEnd> end, List<Long> offsets) {
    /** Copies the lists. */
    public Trace {
        Objects.requireNonNull(file, "file");
        stretches = List.copyOf(stretches);
        offsets = List.copyOf(offsets);
    }

    /**
     * Reads a trace, from anywhere. One whose name ends with {@code .partial} may end anywhere behind its header: it is
     * read up to its last whole checkpoint.
     *
     * @param file of the trace
     * @return what it holds
     * @throws TraceException when it cannot be read or is no trace
     */
    public static Trace read(final Path file) {
        return TraceReader.read(file);
    }

    /** {@return how many steps it tells of} */
    public long steps() {
        return stretches.isEmpty() ? 0 : stretches.getLast().end().steps();
    }

    /**
     * {@return the events of a stretch, one after the other, from the file; the iterator throws {@link TraceException}
     * where they are damaged}
     *
     * @param stretch its number
     * @throws IllegalStateException where no stream was recorded
     */
    public Events events(final int stretch) {
        if (!head.events()) {
            throw new IllegalStateException("no event stream was recorded: file=" + file);
        }
        return new Events(this, stretch);
    }

    /** The events of one stretch. Its owner closes it. */
    public static final class Events implements Iterator<TraceEvent>, AutoCloseable {
        private final SectionReader sections;
        private final EventDecoder decoder;

        private Events(final Trace trace, final int stretch) {
            sections = SectionReader.open(trace.file);
            sections.skipTo(trace.offsets.get(stretch));
            decoder = new EventDecoder(new Sections(sections), trace.head.cpus());
        }

        /** {@return bytes of the stretch's stream before what comes next} */
        public long position() {
            return decoder.position();
        }

        @Override
        public boolean hasNext() {
            return decoder.hasNext();
        }

        @Override
        public TraceEvent next() {
            return decoder.next();
        }

        @Override
        public void close() {
            sections.close();
        }
    }

    /** The sections with events up to the next checkpoint. */
    static final class Sections implements Iterator<TraceCursor> {
        private final SectionReader from;
        private TraceCursor next;
        private boolean ended;

        Sections(final SectionReader from) {
            this.from = from;
        }

        @Override
        public boolean hasNext() {
            while (next == null && !ended) {
                try {
                    final TraceCursor read = from.next();
                    ended = read == null || from.tag() == TraceFormat.MARK;
                    next = !ended && from.tag() == TraceFormat.EVNT ? read : null;
                } catch (final SectionReader.CutException cut) {
                    throw cut.refusal();
                }
            }
            return next != null;
        }

        @Override
        public TraceCursor next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            final TraceCursor taken = next;
            next = null;
            return taken;
        }
    }
}
