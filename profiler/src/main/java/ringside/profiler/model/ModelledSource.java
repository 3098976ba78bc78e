package ringside.profiler.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.EventSource;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.event.Translation;
import ringside.emulator.event.TranslationDrop;
import ringside.toolchain.image.Probe;

/**
 * A machine's events with the cycles of a model in place of the machine's own: observers hang on it as on a machine and
 * cannot tell.
 *
 * <p>The model follows the run and does not steer it: timers fire where the machine's clock has them. The time for
 * which a CPU waits is taken from there, too, a cycle for a cycle.
 *
 * <p>Observers are added before this is itself added to the machine, which asks once what it wants.
 *
 * <p>A block is known when it has ended. Probes inside of it are kept back until then, so that order is as ever.
 */
public final class ModelledSource implements MachineObserver, EventSource {
    private static final EnumSet<EventKind> ALWAYS = EnumSet.of(EventKind.CODE, EventKind.BLOCK,
            EventKind.MEMORY_READ, EventKind.MEMORY_WRITE, EventKind.EXCEPTION, EventKind.INTERRUPT, EventKind.IDLE,
            EventKind.TRANSLATION, EventKind.TRANSLATION_DROP);

    private final ProcessorModel model;
    private final List<MachineObserver> observers = new ArrayList<>();
    private final long[] probeAddresses;
    private Set<EventKind> interests = ALWAYS;
    private MachineObserver[] instruction = {};
    private MachineObserver[] blocks = {};
    private MachineObserver[] read = {};
    private MachineObserver[] write = {};
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    /**
     * Makes one.
     *
     * @param model  the model, which has followed nothing yet
     * @param probes the image's, as the machine numbers them
     */
    public ModelledSource(final ProcessorModel model, final List<Probe> probes) {
        this.model = model;
        probeAddresses = probes.stream().mapToLong(Probe::address).toArray();
    }

    @Override
    public void addObserver(final MachineObserver observer) {
        observers.add(observer);
        change();
    }

    @Override
    public void removeObserver(final MachineObserver observer) {
        observers.remove(observer);
        change();
    }

    private void change() {
        final EnumSet<EventKind> all = EnumSet.copyOf(ALWAYS);
        observers.forEach(observer -> all.addAll(observer.interests()));
        all.remove(EventKind.INSTRUCTION);
        interests = all;
        instruction = wanting(EventKind.INSTRUCTION);
        blocks = wanting(EventKind.BLOCK);
        read = wanting(EventKind.MEMORY_READ);
        write = wanting(EventKind.MEMORY_WRITE);
    }

    private MachineObserver[] wanting(final EventKind kind) {
        return observers.stream().filter(o -> o.interests().contains(kind)).toArray(MachineObserver[]::new);
    }

    @Override
    public Set<EventKind> interests() {
        return interests;
    }

    @Override
    public void code(final long cycle, final int cpu, final int code, final long address, final byte[] bytes,
            final int width) {
        model.lane(cpu).code(code, model.decode(address, bytes, width));
        final long now = model.cycle(cpu);
        tell(EventKind.CODE, o -> o.code(now, cpu, code, address, bytes, width));
    }

    @Override
    public void memoryRead(final long cycle, final int cpu, final long address, final int size, final int level,
            final long page) {
        model.lane(cpu).access(address, size, false, page);
        for (final MachineObserver observer : read) {
            observer.memoryRead(model.cycle(cpu), cpu, address, size, level, page);
        }
    }

    @Override
    public void memoryWrite(final long cycle, final int cpu, final long address, final int size, final int level,
            final long page) {
        model.lane(cpu).access(address, size, true, page);
        for (final MachineObserver observer : write) {
            observer.memoryWrite(model.cycle(cpu), cpu, address, size, level, page);
        }
    }

    @Override
    public void block(final long cycle, final int cpu, final int code, final long address, final int size,
            final int instructions, final int level) {
        final Lane lane = model.lane(cpu);
        final BlockCode block = lane.code(code);
        lane.at(cycle);
        lane.begin(block, instructions);
        if (instruction.length == 0 && waiting.isEmpty()) {
            lane.follow(block, instructions, address);
        } else {
            tellEach(lane, cpu, block, instructions, level, address);
        }
        lane.end(block, instructions);
        for (final MachineObserver observer : blocks) {
            observer.block(lane.cycle(), cpu, code, address, size, instructions, level);
        }
    }

    private void tellEach(final Lane lane, final int cpu, final BlockCode block, final int instructions,
            final int level, final long address) {
        long at = address;
        for (int i = 0; i < instructions; i++) {
            if (!waiting.isEmpty()) {
                tellProbes(cpu, at, false);
            }
            final Step one = block.steps()[i];
            lane.step(one, at);
            for (final MachineObserver observer : instruction) {
                observer.instruction(lane.cycle(), cpu, at, one.length, level);
            }
            at += one.length;
        }
        tellProbes(cpu, 0, true);
    }

    /** Probes that wait for the instruction at an address, or all of them. */
    private void tellProbes(final int cpu, final long address, final boolean all) {
        while (!waiting.isEmpty() && (all || probeAddresses[waiting.getFirst().probe] == address)) {
            final Waiting one = waiting.removeFirst();
            final long now = model.cycle(cpu);
            tell(EventKind.PROBE, o -> o.probe(now, cpu, one.probe, one.first, one.second, one.third));
        }
    }

    @Override
    public void probe(
            final long cycle, final int cpu, final int probe, final long first, final long second, final long third) {
        waiting.add(new Waiting(probe, first, second, third));
    }

    @Override
    public void exception(
            final long cycle, final int cpu, final int vector, final long errorCode, final long rip) {
        event(cycle, cpu, FixedCost.EXCEPTION_ENTRY, rip);
        final long now = model.cycle(cpu);
        tell(EventKind.EXCEPTION, o -> o.exception(now, cpu, vector, errorCode, rip));
    }

    @Override
    public void interrupt(final long cycle, final int cpu, final int vector, final long rip) {
        event(cycle, cpu, FixedCost.INTERRUPT_ENTRY, rip);
        final long now = model.cycle(cpu);
        tell(EventKind.INTERRUPT, o -> o.interrupt(now, cpu, vector, rip));
    }

    private void event(final long cycle, final int cpu, final FixedCost cost, final long rip) {
        tellProbes(cpu, 0, true);
        model.lane(cpu).at(cycle);
        model.lane(cpu).event(cost, rip);
    }

    @Override
    public void syscall(final long cycle, final int cpu, final long rip, final long number) {
        final long now = model.cycle(cpu);
        tell(EventKind.SYSCALL, o -> o.syscall(now, cpu, rip, number));
    }

    @Override
    public void addressSpace(final long cycle, final int cpu, final long root) {
        final long now = model.cycle(cpu);
        tell(EventKind.ADDRESS_SPACE, o -> o.addressSpace(now, cpu, root));
    }

    @Override
    public void translation(final long cycle, final int cpu, final Translation translation) {
        model.lane(cpu).translations().learn(translation);
        final long now = model.cycle(cpu);
        tell(EventKind.TRANSLATION, o -> o.translation(now, cpu, translation));
    }

    @Override
    public void translationDrop(final long cycle, final int cpu, final TranslationDrop what, final long value) {
        model.lane(cpu).translations().willDrop(what, value);
        final long now = model.cycle(cpu);
        tell(EventKind.TRANSLATION_DROP, o -> o.translationDrop(now, cpu, what, value));
    }

    @Override
    public void device(final long cycle, final int cpu, final long address, final int size, final long value,
            final boolean isWrite) {
        final long now = model.cycle(cpu);
        tell(EventKind.DEVICE, o -> o.device(now, cpu, address, size, value, isWrite));
    }

    @Override
    public void consoleByte(final long cycle, final int cpu, final int value) {
        final long now = model.cycle(cpu);
        tell(EventKind.CONSOLE_BYTE, o -> o.consoleByte(now, cpu, value));
    }

    @Override
    public void idle(final long cycle, final int cpu) {
        model.lane(cpu).idle(cycle);
        final long now = model.cycle(cpu);
        tell(EventKind.IDLE, o -> o.idle(now, cpu));
    }

    @Override
    public void halt(final long cycle, final int cpu) {
        final long now = model.cycle(cpu);
        tell(EventKind.HALT, o -> o.halt(now, cpu));
    }

    @Override
    public void reset(final long cycle, final int cpu, final String cause) {
        final long now = model.cycle(cpu);
        tell(EventKind.RESET, o -> o.reset(now, cpu, cause));
    }

    private void tell(final EventKind kind, final Consumer<MachineObserver> event) {
        for (final MachineObserver observer : observers) {
            if (observer.interests().contains(kind)) {
                event.accept(observer);
            }
        }
    }

    private record Waiting(int probe, long first, long second, long third) {
    }
}
