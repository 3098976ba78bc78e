package ringside.console.repl.guest;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.Machine;
import ringside.fastpath.view.KernelView;
import ringside.toolchain.image.Probe;

/** Finds the ends of rings that are used while it listens. */
public final class RingEnds implements MachineObserver {
    private static final Set<String> ACTS = Set.of("ring_push", "ring_pop", "ring_wait");
    private static final int MOST = 256;

    private final List<Probe> probes;
    private final long[] roots;
    private final Set<End> all = new LinkedHashSet<>();

    /**
     * An end of a ring.
     *
     * @param space   root of the page tables that it is in
     * @param address of it there
     */
    public record End(long space, long address) {
    }

    /**
     * Begins to listen.
     *
     * @param machine where it begins; a Bantam
     */
    public RingEnds(final Machine machine) {
        probes = machine.image().probes();
        roots = IntStream.range(0, machine.config().vcpus())
            .mapToLong(cpu -> machine.cpu(cpu).read(CpuRegister.CR3) & KernelView.FRAME_MASK).toArray();
    }

    /** {@return those that were used, at most 256} */
    public Set<End> all() {
        return all;
    }

    @Override
    public Set<EventKind> interests() {
        return EnumSet.of(EventKind.PROBE, EventKind.ADDRESS_SPACE);
    }

    @Override
    public void addressSpace(final long cycle, final int cpu, final long root) {
        roots[cpu] = root & KernelView.FRAME_MASK;
    }

    @Override
    public void probe(final long cycle, final int cpu, final int probe, final long first, final long second,
            final long third) {
        if (all.size() < MOST && ACTS.contains(probes.get(probe).kind())) {
            all.add(new End(roots[cpu], first));
        }
    }
}
