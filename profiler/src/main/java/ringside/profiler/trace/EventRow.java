package ringside.profiler.trace;

import java.util.Objects;
import ringside.emulator.event.EventKind;

/**
 * How often something happened in a stretch, and where first.
 *
 * @param kind   of event
 * @param detail vector, number of a probe or system call, or page-table root; 0 for other kinds, -1 for all that a full
 *               index has no row for
 * @param count  how often, at least 1
 * @param cpu    vCPU of the first one
 * @param cycle  that vCPU's clock then
 */
public record EventRow(EventKind kind, long detail, long count, int cpu, long cycle) {
    /** Refuses what did not happen. */
    public EventRow {
        Objects.requireNonNull(kind, "kind");
        if (count < 1 || cpu < 0 || cycle < 0) {
            throw new IllegalArgumentException("a row is of events: count=" + count + " cpu=" + cpu);
        }
    }
}
