package ringside.fastpath.interleave;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.toolchain.image.Probe;

/**
 * Hears the actors' operations: probes of kind {@code operation_begin} (kind, argument) and {@code operation_end}
 * (result, value), and {@code check_*} where a check failed; and the latest exception.
 *
 * <p>Where stores wait, an operation counts as returned when the others can see all of it (Burckhardt et al.,
 * ESOP 2012).
 */
final class ActorHistory implements MachineObserver {
    private static final String CHECK = "check_";

    private final List<Probe> probes;
    private final Operation[] open;
    private final List<Operation> done = new ArrayList<>();
    private final List<Deque<Ended>> ended = new ArrayList<>();
    private final long[] issued;
    private final long[] seen;
    private String failed;
    private Fault fault;
    private int moment;

    /** An operation whose stores others have not seen all: it returned when they have. */
    private record Ended(Operation operation, long stores) {
    }

    /** An exception, and the instruction that it is of. */
    record Fault(int vector, long errorCode, long rip) {
    }

    ActorHistory(final List<Probe> probes, final int cpus) {
        this.probes = List.copyOf(probes);
        open = new Operation[cpus];
        issued = new long[cpus];
        seen = new long[cpus];
        for (int cpu = 0; cpu < cpus; cpu++) {
            ended.add(new ArrayDeque<>());
        }
    }

    void clear() {
        Arrays.fill(open, null);
        Arrays.fill(issued, 0);
        Arrays.fill(seen, 0);
        ended.forEach(Deque::clear);
        done.clear();
        failed = null;
        fault = null;
        moment = 0;
    }

    /** A store of this CPU waits. */
    void issued(final int cpu) {
        issued[cpu]++;
    }

    /** The oldest store of this CPU that waited reached the others. */
    void seen(final int cpu) {
        seen[cpu]++;
        while (!ended.get(cpu).isEmpty() && ended.get(cpu).element().stores <= seen[cpu]) {
            done.add(ended.get(cpu).remove().operation.returnedAt(moment++));
        }
    }

    /** {@return what was done, by return, then what was not finished, by CPU} */
    List<Operation> operations() {
        final List<Operation> all = new ArrayList<>(done);
        for (final Operation operation : open) {
            if (operation != null) {
                all.add(operation);
            }
        }
        return List.copyOf(all);
    }

    /** {@return whether a CPU's operation has begun and not ended} */
    boolean isUnderWay(final int cpu) {
        return open[cpu] != null;
    }

    /** {@return the name of the check that failed} */
    Optional<String> failed() {
        return Optional.ofNullable(failed);
    }

    /** {@return the latest exception} */
    Optional<Fault> fault() {
        return Optional.ofNullable(fault);
    }

    @Override
    public Set<EventKind> interests() {
        return EnumSet.of(EventKind.PROBE, EventKind.EXCEPTION);
    }

    @Override
    public void exception(final long cycle, final int cpu, final int vector, final long errorCode, final long rip) {
        fault = new Fault(vector, errorCode, rip);
    }

    @Override
    public void probe(final long cycle, final int cpu, final int probe, final long first, final long second,
            final long third) {
        final String kind = probes.get(probe).kind();
        if (kind.equals("operation_begin")) {
            open[cpu] = new Operation(cpu, (int) first, second, 0, 0, moment++, Operation.NEVER);
        } else if (kind.equals("operation_end") && open[cpu] != null) {
            final Operation begun = open[cpu];
            final Operation end = new Operation(cpu, begun.kind(), begun.argument(), first, second, begun.called(),
                    Operation.NEVER);
            if (issued[cpu] == seen[cpu]) {
                done.add(end.returnedAt(moment++));
            } else {
                ended.get(cpu).add(new Ended(end, issued[cpu]));
            }
            open[cpu] = null;
        } else if (kind.startsWith(CHECK)) {
            failed = kind.substring(CHECK.length());
        }
    }
}
