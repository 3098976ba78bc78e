package ringside.emulator.travel;

import java.util.List;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.machine.Machine;

/** Steps of a vCPU, forward or back, while the others have their turns. */
final class Steps {
    private static final long MOST_NEAR = 1 << 18;

    private final Timeline timeline;
    private final Machine machine;
    private final int cpu;
    private long steps;
    private long rip;

    Steps(final Timeline timeline, final int cpu) {
        this.timeline = timeline;
        this.cpu = cpu;
        machine = timeline.machine();
        note();
    }

    private void note() {
        steps = machine.steps(cpu);
        rip = machine.cpu(cpu).read(CpuRegister.RIP);
    }

    /** Goes on until the vCPU executed something or is elsewhere; so often. */
    Stop forward(final Course course, final long times) {
        if (times > 1) {
            return arrived(new Search(course, List.of(new StepOf(machine, cpu))).forward(Long.MAX_VALUE,
                    new AllBut(times - 1)));
        }
        Stop stop;
        do {
            stop = timeline.nextCpu() == cpu ? timeline.next()
                    : timeline.forward(List.of(new StepOf(machine, cpu)), Long.MAX_VALUE);
        } while (stop.reason() == Stop.Reason.ARRIVED && isThere());
        return arrived(stop);
    }

    /** Goes back until the vCPU had not executed what it executed last, or was elsewhere by its own doing; so often. */
    Stop back(final Course course, final long times) {
        if (times > 1) {
            leavePlaceBefore(course, times);
            return arrived(new Search(course, List.of(new StepOf(machine, cpu))).back(place -> true, times, 0));
        }
        Stop stop = timeline.previous();
        if (stop.reason() == Stop.Reason.ARRIVED && (isThere() || timeline.nextCpu() != cpu)) {
            stop = timeline.back(List.of(new StepOf(machine, cpu)));
        }
        return arrived(stop);
    }

    /** Has a snapshot kept from which it is not far, so that little has to be looked through more than once. */
    private void leavePlaceBefore(final Course course, final long times) {
        final Place begin = course.begin();
        final long here = machine.steps();
        final long far = Math.min(times, MOST_NEAR) * machine.config().vcpus() * 2;
        new Way(course).go(Math.max(timeline.first(), begin.steps() - far));
        course.goBackTo(begin, here);
    }

    /** Wants what comes behind so many others. */
    private record AllBut(long times) implements Judge {
        @Override
        public boolean isWanted(final Sight sight) {
            return true;
        }

        @Override
        public long ignored(final Condition condition) {
            return times;
        }
    }

    private static Stop arrived(final Stop stop) {
        return stop.reason() == Stop.Reason.CONDITION ? Stop.of(stop.position(), Stop.Reason.ARRIVED) : stop;
    }

    private boolean isThere() {
        return machine.steps(cpu) == steps && machine.cpu(cpu).read(CpuRegister.RIP) == rip;
    }
}
