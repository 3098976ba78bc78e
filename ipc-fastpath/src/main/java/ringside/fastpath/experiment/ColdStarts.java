package ringside.fastpath.experiment;

import java.util.List;
import java.util.Set;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.profiler.model.ProcessorModel;
import ringside.toolchain.image.Probe;

/** Makes a model's core cold at each probe of some kinds, before the instruction there. */
final class ColdStarts implements MachineObserver {
    private final ProcessorModel model;
    private final boolean[] cold;

    ColdStarts(final ProcessorModel model, final List<Probe> probes, final Set<String> kinds) {
        this.model = model;
        cold = new boolean[probes.size()];
        for (int i = 0; i < cold.length; i++) {
            cold[i] = kinds.contains(probes.get(i).kind());
        }
    }

    @Override
    public Set<EventKind> interests() {
        return Set.of(EventKind.PROBE);
    }

    @Override
    public void probe(
            final long cycle, final int cpu, final int probe, final long first, final long second, final long third) {
        if (cold[probe]) {
            model.coldStart(cpu);
        }
    }
}
