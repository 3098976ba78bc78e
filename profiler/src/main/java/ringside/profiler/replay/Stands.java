package ringside.profiler.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.machine.CpuView;
import ringside.emulator.machine.Machine;
import ringside.emulator.snapshot.Snapshot;
import ringside.profiler.trace.Checkpoint;
import ringside.profiler.trace.Tick;

/** What a trace holds of where a machine stands. */
final class Stands {
    /** Of each vCPU, in the order of a trace. */
    static final List<CpuRegister> REGISTERS = List.of(CpuRegister.values());

    private Stands() {
    }

    static List<String> names() {
        return REGISTERS.stream().map(CpuRegister::name).toList();
    }

    static Checkpoint checkpoint(final Machine machine, final Snapshot snapshot) {
        return new Checkpoint(machine.steps(), machine.cycles(), machine.turn(), snapshot.hash(), registers(machine));
    }

    static List<long[]> registers(final Machine machine) {
        final List<long[]> all = new ArrayList<>();
        for (int cpu = 0; cpu < machine.config().vcpus(); cpu++) {
            final CpuView view = machine.cpu(cpu);
            all.add(REGISTERS.stream().mapToLong(view::read).toArray());
        }
        return all;
    }

    /** {@return a vCPU's registers with their names} */
    static List<Divergence.Register> named(final Machine machine, final int cpu) {
        final CpuView view = machine.cpu(cpu);
        return REGISTERS.stream().map(each -> new Divergence.Register(each.name(), view.read(each))).toList();
    }

    static Tick tick(final Machine machine) {
        final List<long[]> all = registers(machine);
        final int registers = REGISTERS.size();
        final long[] values = new long[all.size() * (registers + 1)];
        for (int cpu = 0; cpu < all.size(); cpu++) {
            System.arraycopy(all.get(cpu), 0, values, cpu * (registers + 1), registers);
            values[(cpu + 1) * (registers + 1) - 1] = machine.cycles(cpu);
        }
        return new Tick(machine.steps(), Tick.digest(values));
    }

    static boolean isEqual(final List<long[]> one, final List<long[]> other) {
        boolean equal = one.size() == other.size();
        for (int i = 0; equal && i < one.size(); i++) {
            equal = Arrays.equals(one.get(i), other.get(i));
        }
        return equal;
    }
}
