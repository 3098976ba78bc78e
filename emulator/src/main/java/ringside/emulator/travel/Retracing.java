package ringside.emulator.travel;

import java.util.List;
import java.util.function.Function;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;

/** A piece of a history is gone through once more by a second machine, with somebody who listens. */
final class Retracing {
    private final Course course;

    Retracing(final Course course) {
        this.course = course;
    }

    Retraced of(final long from, final long to, final Function<Machine, List<? extends MachineObserver>> listening) {
        final Place home = course.begin();
        final long here = course.machine().steps();
        final Place begin;
        final boolean arrived;
        try {
            arrived = new Way(course).go(from).reason() != Stop.Reason.INTERRUPTED;
            begin = course.begin();
        } finally {
            course.goBackTo(home, here);
        }
        if (!arrived) {
            return new Retraced(begin.steps(), begin.steps(), false);
        }
        try (Machine machine = course.fork(begin.snapshot())) {
            listening.apply(machine).forEach(machine::addObserver);
            boolean whole = true;
            while (whole && machine.steps() < to && machine.ended().isEmpty()) {
                course.edits().run(machine, Math.min(Course.LISTENED, to - machine.steps()),
                        steps -> machine.run(Budget.steps(steps)), edit -> { });
                whole = !course.takeInterrupt();
            }
            return new Retraced(begin.steps(), machine.steps(), whole);
        }
    }
}
