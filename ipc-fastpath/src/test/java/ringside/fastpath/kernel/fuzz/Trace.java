package ringside.fastpath.kernel.fuzz;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.Machine;
import ringside.toolchain.image.Probe;

/** Hears what each thread does: what calls answered, and which stores and loads came through. */
final class Trace implements MachineObserver {
    private static final int MOST_LINES = 400;
    private static final String BEGINS = " begins";

    private final Map<String, Map<String, Integer>> statuses;
    private final Deque<String> lines = new ArrayDeque<>();
    private final List<Touch> touches = new ArrayList<>();
    private List<Probe> probes;
    private Plan plan;

    /**
     * A store or a load that came through.
     *
     * @param cycle   right after it
     * @param cpu     where
     * @param address what was touched
     * @param writes  whether it was a store
     * @param text    who did what
     */
    record Touch(long cycle, int cpu, long address, boolean writes, String text) {
    }

    /**
     * Starts a trace.
     *
     * @param statuses counts answers, by call and status
     */
    Trace(final Map<String, Map<String, Integer>> statuses) {
        this.statuses = statuses;
    }

    void watch(final Machine machine, final Plan watched) {
        probes = machine.image().probes();
        plan = watched;
        machine.addObserver(this);
    }

    /** {@return the stores and loads that came through, in order} */
    List<Touch> touches() {
        return List.copyOf(touches);
    }

    /** {@return what was done last, in order; that a call began only if it was not answered} */
    List<String> lines() {
        final List<String> shown = new ArrayList<>(lines);
        final Set<String> threads = new HashSet<>();
        for (int i = shown.size() - 1; i >= 0; i--) {
            final boolean isLast = threads.add(shown.get(i).substring(0, shown.get(i).indexOf(':')));
            if (!isLast && shown.get(i).endsWith(BEGINS)) {
                shown.remove(i);
            }
        }
        return shown;
    }

    @Override
    public Set<EventKind> interests() {
        return EnumSet.of(EventKind.PROBE);
    }

    @Override
    public void probe(
            final long cycle, final int cpu, final int probe, final long first, final long second, final long third) {
        final String kind = probes.get(probe).kind();
        if (!kind.startsWith("fuzz_")) {
            return;
        }
        final Op op = plan.at(first);
        if (op == null) {
            return;
        }
        final String thread = "thread " + (first - Places.LISTS) / Op.SIZE / Places.LIST_OPS + ": ";
        switch (kind) {
            case "fuzz_end" -> {
                statuses.computeIfAbsent(Calls.name(op.number()), name -> new TreeMap<>())
                        .merge(Calls.status(second), 1, Integer::sum);
                add(thread + Calls.text(op) + " -> " + Calls.status(second));
            }
            case "fuzz_store", "fuzz_load" -> {
                final String text = thread + Calls.text(op) + " went through";
                add(text);
                touches.add(new Touch(cycle, cpu, second, kind.equals("fuzz_store"), text));
            }
            default -> add(thread + Calls.text(op) + BEGINS);
        }
    }

    private void add(final String line) {
        if (lines.size() == MOST_LINES) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }
}
