package ringside.console.repl.guest;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    /** The most ends that are known. */
    static final int MOST = 256;
    private static final Set<String> ACTS = Set.of("ring_push", "ring_pop", "ring_wait");

    private final Machine machine;
    private final List<Probe> probes;
    private final long[] roots;
    private final Map<End, Use> all = new LinkedHashMap<>();
    private long before;
    private long now;

    /**
     * An end of a ring.
     *
     * @param space   root of the page tables that it is in
     * @param address of it there
     */
    public record End(long space, long address) {
    }

    /**
     * When an end was used first.
     *
     * @param after steps that come before it for certain
     * @param until steps of which it is one
     */
    record Use(long after, long until) {
    }

    /**
     * Begins to listen.
     *
     * @param machine where it begins; a Bantam
     */
    RingEnds(final Machine machine) {
        this.machine = machine;
        probes = machine.image().probes();
        roots = IntStream.range(0, machine.config().vcpus())
            .mapToLong(cpu -> machine.cpu(cpu).read(CpuRegister.CR3) & KernelView.FRAME_MASK).toArray();
        before = machine.steps();
        now = before;
    }

    /** {@return those that were used, at most 256} */
    Map<End, Use> all() {
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
        final long steps = machine.steps();
        if (steps != now) {
            before = now;
            now = steps;
        }
        if (ACTS.contains(probes.get(probe).kind()) && all.size() < MOST) {
            all.putIfAbsent(new End(roots[cpu], first), new Use(before, now));
        }
    }
}
