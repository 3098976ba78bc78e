package ringside.profiler.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ringside.emulator.event.EventKind;

/** Counts events by kind and detail, and knows where each came first: the index of a stretch. */
public final class EventCounter extends EventHearer {
    private static final long OTHERS = -1;
    private static final int FEW = 256;

    private final Map<Key, Row> rows = new LinkedHashMap<>();
    private final Map<EventKind, Row> others = new HashMap<>();
    /** The rows of small details, by kind: most events are of these, and are counted without a look into a map. */
    private final Row[][] few = new Row[EventKind.values().length][FEW];

    private record Key(EventKind kind, long detail) {
    }

    private static final class Row {
        private final int cpu;
        private final long cycle;
        private long count;

        Row(final int cpu, final long cycle) {
            this.cpu = cpu;
            this.cycle = cycle;
        }
    }

    /** Makes a counter that has heard nothing. */
    public EventCounter() {
        super(counted());
    }

    @Override
    void event(final EventKind kind, final long cycle, final int cpu, final int number, final long address,
            final long first, final long second, final long third) {
        final long detail = switch (kind) {
            case EXCEPTION, INTERRUPT, PROBE -> number;
            case SYSCALL, ADDRESS_SPACE -> first == OTHERS ? Long.MAX_VALUE : first;
            default -> 0;
        };
        final Row[] known = detail >= 0 && detail < FEW ? few[kind.ordinal()] : null;
        if (known != null && known[(int) detail] != null) {
            known[(int) detail].count++;
            return;
        }
        final Key key = new Key(kind, detail);
        Row row = rows.get(key);
        if (row == null) {
            // A row for the others of each kind must always fit.
            if (rows.size() < TraceLimits.ROWS_OF_STRETCH - EventKind.values().length) {
                row = new Row(cpu, cycle);
                rows.put(key, row);
            } else {
                row = others.computeIfAbsent(kind, _ -> new Row(cpu, cycle));
            }
        }
        row.count++;
        if (known != null) {
            known[(int) detail] = row;
        }
    }

    /** {@return what was heard since the last time, by first occurrence} */
    public List<EventRow> take() {
        final List<EventRow> taken = new ArrayList<>();
        rows.forEach((key, row) -> taken.add(new EventRow(key.kind, key.detail, row.count, row.cpu, row.cycle)));
        for (final EventKind kind : EventKind.values()) {
            final Row row = others.get(kind);
            if (row != null) {
                taken.add(new EventRow(kind, OTHERS, row.count, row.cpu, row.cycle));
            }
        }
        rows.clear();
        others.clear();
        for (final Row[] known : few) {
            Arrays.fill(known, null);
        }
        return taken;
    }
}
