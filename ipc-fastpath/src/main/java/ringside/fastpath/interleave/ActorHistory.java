package ringside.fastpath.interleave;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.toolchain.image.Probe;

/**
 * Hears the actors' operations: probes of kind {@code operation_begin} (kind, argument) and {@code operation_end}
 * (result, value), and {@code check_*} where a check failed.
 */
final class ActorHistory implements MachineObserver {
    private static final String CHECK = "check_";

    private final List<Probe> probes;
    private final Operation[] open;
    private final List<Operation> done = new ArrayList<>();
    private String failed;
    private int moment;

    ActorHistory(final List<Probe> probes, final int cpus) {
        this.probes = List.copyOf(probes);
        open = new Operation[cpus];
    }

    void clear() {
        java.util.Arrays.fill(open, null);
        done.clear();
        failed = null;
        moment = 0;
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

    /** {@return the name of the check that failed} */
    Optional<String> failed() {
        return Optional.ofNullable(failed);
    }

    @Override
    public Set<EventKind> interests() {
        return EnumSet.of(EventKind.PROBE);
    }

    @Override
    public void probe(final long cycle, final int cpu, final int probe, final long first, final long second,
            final long third) {
        final String kind = probes.get(probe).kind();
        if (kind.equals("operation_begin")) {
            open[cpu] = new Operation(cpu, (int) first, second, 0, 0, moment++, Operation.NEVER);
        } else if (kind.equals("operation_end") && open[cpu] != null) {
            final Operation begun = open[cpu];
            done.add(new Operation(cpu, begun.kind(), begun.argument(), first, second, begun.called(), moment++));
            open[cpu] = null;
        } else if (kind.startsWith(CHECK)) {
            failed = kind.substring(CHECK.length());
        }
    }
}
