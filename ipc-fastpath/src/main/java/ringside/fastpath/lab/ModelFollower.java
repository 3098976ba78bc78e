package ringside.fastpath.lab;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.profiler.model.CauseFeed;
import ringside.profiler.model.Microarchitecture;
import ringside.profiler.model.ModelledSource;
import ringside.profiler.model.ProcessorModel;
import ringside.profiler.profile.CpuWindow;
import ringside.profiler.profile.CpuWindows;
import ringside.profiler.profile.WindowPlan;
import ringside.toolchain.image.Probe;

/** The cores of one model that follow a run, and what its windows cost by them. */
final class ModelFollower implements AutoCloseable {
    private static final String COLD_AT = "op_begin";
    private static final String COLD_UNTIL = "op_end";

    private final ProcessorModel model;
    private final CpuWindows windows;
    private final ModelledSource source;

    ModelFollower(final Microarchitecture make, final WindowPlan plan, final List<Probe> probes, final int cpus,
            final boolean cold) {
        final CauseFeed causes = new CauseFeed(cpus);
        model = new ProcessorModel(make, cpus, causes);
        windows = new CpuWindows(plan, probes, cpus, causes, false, Set.of(Declaration.OP));
        source = new ModelledSource(model, probes);
        source.addObserver(windows);
        if (cold) {
            source.addObserver(new Cold(model, probes, cpus));
        }
    }

    /** {@return what hangs on the machine} */
    ModelledSource source() {
        return source;
    }

    List<CpuWindow> windows() {
        return windows.windows();
    }

    @Override
    public void close() {
        model.close();
    }

    /** Makes a CPU's core cold as an operation begins: the first time that its first instruction runs. */
    private static final class Cold implements MachineObserver {
        private static final Set<EventKind> INTERESTS = Set.copyOf(EnumSet.of(EventKind.PROBE));

        private final ProcessorModel model;
        private final List<Probe> probes;
        private final boolean[] inside;

        Cold(final ProcessorModel model, final List<Probe> probes, final int cpus) {
            this.model = model;
            this.probes = probes;
            inside = new boolean[cpus];
        }

        @Override
        public Set<EventKind> interests() {
            return INTERESTS;
        }

        @Override
        public void probe(final long cycle, final int cpu, final int probe, final long first, final long second,
                final long third) {
            final String kind = probes.get(probe).kind();
            if (kind.equals(COLD_AT) && !inside[cpu]) {
                model.coldStart(cpu);
                inside[cpu] = true;
            } else if (kind.equals(COLD_UNTIL)) {
                inside[cpu] = false;
            }
        }
    }
}
