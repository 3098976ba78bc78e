package ringside.fastpath.lab;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.profiler.profile.Trial;
import ringside.toolchain.image.Probe;

/** What the guest itself says by probes: the sums of its counters in each trial, and the check that failed. */
final class GuestReports implements MachineObserver {
    private static final Set<EventKind> INTERESTS =
            Collections.unmodifiableSet(EnumSet.of(EventKind.PROBE, EventKind.EXCEPTION));
    private static final String COUNT = "count_";
    private static final String TALLY = "tally_";
    private static final String CHECK = "check_";

    private final List<Probe> probes;
    private final LongFunction<String> symbols;
    private final LongFunction<String> places;
    private final List<String> tallied;
    private final Trial[] current;
    private final Map<Trial, SortedMap<String, Long>> counters = new LinkedHashMap<>();
    private String check = "";
    private String exception = "";

    /** A check's place is its symbol's: its line is the macro's. */
    GuestReports(final List<Probe> probes, final int cpus, final LongFunction<String> symbols,
            final LongFunction<String> places) {
        this.probes = probes;
        tallied = probes.stream().map(Probe::kind).filter(kind -> kind.startsWith(TALLY))
                .map(kind -> kind.substring(TALLY.length())).distinct().toList();
        this.symbols = symbols;
        this.places = places;
        current = new Trial[cpus];
    }

    /** {@return the counters of a trial, of all CPUs together} */
    SortedMap<String, Long> counters(final Trial trial) {
        return counters.getOrDefault(trial, Collections.emptySortedMap());
    }

    /** {@return which check failed on which CPU} */
    Optional<String> failedCheck() {
        return check.isEmpty() ? Optional.empty() : Optional.of(check);
    }

    /** {@return the last exception that there was} */
    Optional<String> lastException() {
        return exception.isEmpty() ? Optional.empty() : Optional.of(exception);
    }

    @Override
    public Set<EventKind> interests() {
        return INTERESTS;
    }

    @Override
    public void probe(
            final long cycle, final int cpu, final int probe, final long first, final long second, final long third) {
        final String kind = probes.get(probe).kind();
        if (kind.equals("trial_begin")) {
            current[cpu] = new Trial(first, second, third);
            tallied.forEach(name -> add(name, cpu, 0));
        } else if (kind.startsWith(COUNT) && current[cpu] != null) {
            add(kind.substring(COUNT.length()), cpu, first);
        } else if (kind.startsWith(TALLY) && current[cpu] != null) {
            add(kind.substring(TALLY.length()), cpu, 1);
        } else if (kind.startsWith(CHECK) && check.isEmpty()) {
            check = "the check " + kind.substring(CHECK.length()) + " failed on CPU " + cpu + ", at "
                    + symbols.apply(probes.get(probe).address());
        }
    }

    private void add(final String counter, final int cpu, final long value) {
        counters.computeIfAbsent(current[cpu], _ -> new TreeMap<>()).merge(counter, value, Long::sum);
    }

    @Override
    public void exception(
            final long cycle, final int cpu, final int vector, final long errorCode, final long rip) {
        exception = "exception " + vector + " (error code 0x" + Long.toHexString(errorCode) + ") on CPU " + cpu
                + " at " + places.apply(rip);
    }
}
