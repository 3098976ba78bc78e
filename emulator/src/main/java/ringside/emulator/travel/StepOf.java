package ringside.emulator.travel;

import java.util.EnumSet;
import java.util.Set;
import ringside.emulator.event.EventKind;

/** A vCPU takes a step: executes, or takes an exception or an interrupt. */
public final class StepOf implements Condition {
    private final int wanted;
    private long hits;

    /**
     * Makes a condition.
     *
     * @param cpu number of the vCPU, from 0
     */
    public StepOf(final int cpu) {
        wanted = cpu;
    }

    @Override
    public Set<EventKind> interests() {
        return EnumSet.of(EventKind.BLOCK, EventKind.EXCEPTION, EventKind.INTERRUPT);
    }

    @Override
    public void block(final long cycle, final int cpu, final int code, final long begin, final int size,
            final int instructions, final int level) {
        // Of a block that is shown in part, each instruction is one.
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
