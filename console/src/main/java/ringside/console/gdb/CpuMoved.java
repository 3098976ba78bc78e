package ringside.console.gdb;

import java.util.EnumSet;
import java.util.Set;
import ringside.emulator.event.EventKind;
import ringside.emulator.travel.Condition;

/** A vCPU executes an instruction, or an exception or interrupt takes it elsewhere. */
final class CpuMoved implements Condition {
    private final int wanted;
    private long hits;

    CpuMoved(final int cpu) {
        wanted = cpu;
    }

    @Override
    public Set<EventKind> interests() {
        return EnumSet.of(EventKind.BLOCK, EventKind.EXCEPTION, EventKind.INTERRUPT);
    }

    @Override
    public void block(final long cycle, final int cpu, final int code, final long begin, final int size,
            final int instructions, final int level) {
        hits += cpu == wanted ? instructions : 0;
    }

    @Override
    public void exception(final long cycle, final int cpu, final int vector, final long code, final long rip) {
        hits += cpu == wanted ? 1 : 0;
    }

    @Override
    public void interrupt(final long cycle, final int cpu, final int vector, final long rip) {
        hits += cpu == wanted ? 1 : 0;
    }

    @Override
    public long hits() {
        return hits;
    }

    @Override
    public boolean stopsBefore() {
        return false;
    }
}
