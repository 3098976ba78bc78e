package ringside.emulator.travel;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import ringside.emulator.event.EventKind;
import ringside.emulator.machine.Machine;

/** A vCPU takes a step: executes an instruction or a repetition of one, or takes an exception or an interrupt. */
public final class StepOf implements Condition {
    private final Machine machine;
    private final int wanted;
    private long hits;

    /**
     * Makes a condition.
     *
     * @param machine whose history is looked through
     * @param cpu     number of the vCPU, from 0
     */
    public StepOf(final Machine machine, final int cpu) {
        this.machine = Objects.requireNonNull(machine, "machine");
        wanted = cpu;
    }

    @Override
    public Set<EventKind> interests() {
        return EnumSet.of(EventKind.EXCEPTION, EventKind.INTERRUPT, EventKind.RESET);
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
    public void reset(final long cycle, final int cpu, final String cause) {
        // The machine counts anew.
        hits += machine.steps(wanted);
    }

    @Override
    public long hits() {
        return hits + machine.steps(wanted);
    }

    @Override
    public boolean stopsBefore() {
        return false;
    }

    @Override
    public boolean isOnceAStep() {
        return true;
    }

    @Override
    public String toString() {
        return "step of " + wanted;
    }
}
