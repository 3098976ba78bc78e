package ringside.emulator.travel;

import java.util.List;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.machine.Machine;

/** One step of a vCPU, forward or back, while the others have their turns. */
final class Steps {
    private final Timeline timeline;
    private final Machine machine;

    Steps(final Timeline timeline) {
        this.timeline = timeline;
        machine = timeline.machine();
    }

    /** Goes on until the vCPU executed something or is elsewhere. */
    Stop forward(final int cpu) {
        final long steps = machine.steps(cpu);
        final long rip = machine.cpu(cpu).read(CpuRegister.RIP);
        Stop stop;
        do {
            stop = timeline.nextCpu() == cpu ? timeline.next()
                    : timeline.forward(List.of(new StepOf(cpu)), Long.MAX_VALUE);
        } while (stop.reason() == Stop.Reason.ARRIVED && isThere(cpu, steps, rip));
        return stop.reason() == Stop.Reason.CONDITION ? Stop.of(stop.position(), Stop.Reason.ARRIVED) : stop;
    }

    /** Goes back until the vCPU had not executed what it executed last, or was elsewhere. */
    Stop back(final int cpu) {
        final long steps = machine.steps(cpu);
        final long rip = machine.cpu(cpu).read(CpuRegister.RIP);
        Stop stop = timeline.previous();
        if (isThere(cpu, steps, rip) && stop.reason() != Stop.Reason.START) {
            stop = timeline.back(List.of(new StepOf(cpu)));
        }
        return stop.reason() == Stop.Reason.CONDITION ? Stop.of(stop.position(), Stop.Reason.ARRIVED) : stop;
    }

    private boolean isThere(final int cpu, final long steps, final long rip) {
        return machine.steps(cpu) == steps && machine.cpu(cpu).read(CpuRegister.RIP) == rip;
    }
}
