package ringside.console.gdb;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.event.EventKind;
import ringside.emulator.machine.Machine;
import ringside.emulator.travel.CodeReached;
import ringside.emulator.travel.Condition;
import ringside.emulator.travel.StepOf;
import ringside.emulator.travel.Stop;
import ringside.emulator.travel.Timeline;

/**
 * Where an interrupt came: who is there again with the same stack in the same address space has returned from it.
 *
 * @param cpu   that took it
 * @param place of the instruction that was next
 * @param stack pointer there
 * @param space page-table root there
 */
record InterruptedAt(int cpu, long place, long stack, long space) {
    /** The vCPU takes an interrupt. */
    private static final class Taken implements Condition {
        private final int wanted;
        private long hits;

        Taken(final int wanted) {
            this.wanted = wanted;
        }

        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.INTERRUPT);
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

    /**
     * {@return where an interrupt came, if a vCPU's last step was to take one}
     *
     * @param timeline stands behind that step, and does so again
     * @param cpu      whose
     */
    static Optional<InterruptedAt> last(final Timeline timeline, final int cpu) {
        final long here = timeline.position().step();
        final Stop before = timeline.back(List.of(new StepOf(timeline.machine(), cpu)));
        if (before.reason() != Stop.Reason.CONDITION) {
            timeline.go(here);
            return Optional.empty();
        }
        final InterruptedAt at = of(timeline.machine(), cpu);
        final Condition taken = new Taken(cpu);
        final boolean came = timeline.forward(List.of(taken), 1).met().contains(taken);
        timeline.go(here);
        return came ? Optional.of(at) : Optional.empty();
    }

    private static InterruptedAt of(final Machine machine, final int cpu) {
        return new InterruptedAt(cpu, CpuRegisters.place(machine, cpu), machine.cpu(cpu).read(CpuRegister.RSP),
                machine.cpu(cpu).read(CpuRegister.CR3));
    }

    /** {@return what may be the return} */
    Condition back() {
        return new CodeReached(place);
    }

    /** {@return whether it is the return, where that came about} */
    boolean isBack(final Machine machine) {
        return of(machine, cpu).equals(this);
    }
}
