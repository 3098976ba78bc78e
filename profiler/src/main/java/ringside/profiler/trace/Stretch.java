package ringside.profiler.trace;

import java.util.List;
import java.util.Objects;

/**
 * A recorded run from one checkpoint to the next.
 *
 * @param ticks  on the way, by rising steps
 * @param rows   what happened, by first occurrence
 * @param events how many the event stream holds
 * @param bytes  of the event stream
 * @param end    the checkpoint behind it
 */
public record Stretch(List<Tick> ticks, List<EventRow> rows, long events, long bytes, Checkpoint end) {
    /** Copies the lists. */
    public Stretch {
        ticks = List.copyOf(ticks);
        rows = List.copyOf(rows);
        Objects.requireNonNull(end, "end");
        if (events < 0 || bytes < 0) {
            throw new IllegalArgumentException("no fewer than none: events=" + events + " bytes=" + bytes);
        }
    }
}
