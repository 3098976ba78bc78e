package ringside.profiler.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ringside.emulator.event.EventKind;
import ringside.emulator.machine.Machine;
import ringside.profiler.trace.Checkpoint;
import ringside.profiler.trace.EventRow;
import ringside.profiler.trace.EventText;
import ringside.profiler.trace.TraceSymbols;

/** What is different between a place in a recording and one in a run, thing by thing. */
final class Differences {
    private static final int MOST_ROWS = 8;

    private Differences() {
    }

    /** Registers at a checkpoint. */
    static void registers(final Machine machine, final Checkpoint recorded, final List<Divergence.Detail> into) {
        final List<long[]> now = Stands.registers(machine);
        for (int cpu = 0; cpu < now.size(); cpu++) {
            for (int i = 0; i < Stands.REGISTERS.size(); i++) {
                final long before = recorded.registers().get(cpu)[i];
                final long here = now.get(cpu)[i];
                if (before != here) {
                    into.add(new Divergence.Detail("cpu " + cpu + " " + Stands.REGISTERS.get(i),
                            "0x" + Long.toHexString(before), "0x" + Long.toHexString(here)));
                }
            }
        }
    }

    /** Counts of events of a stretch: those that differ, by where they came first. */
    static void rows(final TraceSymbols symbols, final List<EventRow> recorded, final List<EventRow> here,
            final List<Divergence.Detail> into) {
        record Pair(EventRow recorded, EventRow here) {
            EventRow any() {
                return recorded == null ? here : recorded;
            }

            long cycle() {
                return Math.min(recorded == null ? Long.MAX_VALUE : recorded.cycle(),
                        here == null ? Long.MAX_VALUE : here.cycle());
            }
        }

        record Key(EventKind kind, long detail) {
            static Key of(final EventRow row) {
                return new Key(row.kind(), row.detail());
            }
        }

        final Map<Key, Pair> pairs = new LinkedHashMap<>();
        recorded.forEach(row -> pairs.put(Key.of(row), new Pair(row, null)));
        here.forEach(row -> pairs.merge(Key.of(row), new Pair(null, row),
                (one, other) -> new Pair(one.recorded, other.here)));
        final List<Map.Entry<Key, Pair>> different = new ArrayList<>(pairs.entrySet());
        different.removeIf(entry -> entry.getValue().recorded != null
                && entry.getValue().recorded.equals(entry.getValue().here));
        different.sort(Comparator.comparingLong(entry -> entry.getValue().cycle()));
        different.stream().limit(MOST_ROWS).forEach(entry -> into.add(new Divergence.Detail(
                EventText.name(entry.getValue().any(), symbols),
                told(entry.getValue().recorded), told(entry.getValue().here))));
    }

    private static String told(final EventRow row) {
        return row == null ? "none" : row.count() + ", first at cycle " + row.cycle() + " on cpu " + row.cpu();
    }
}
