package ringside.emulator.travel;

import java.util.List;
import ringside.emulator.engine.CpuEngine;
import ringside.emulator.machine.Machine;

/** The way to a place: from a snapshot before it, in long runs at first, then block by block, then within a block. */
final class Way {
    /** So near to a place it is gone to block by block. */
    private static final long NEAR = 256;

    private final Course course;
    private final Machine machine;

    Way(final Course course) {
        this.course = course;
        machine = course.machine();
    }

    /** Goes to a place, forward or back, or the last one before it. */
    Stop go(final long step) {
        toward(step);
        return stop(walk(step));
    }

    /** {@return where a way ended that met nothing} */
    Stop stop(final boolean whole) {
        if (course.ended().isPresent()) {
            return new Stop(course.position(), Stop.Reason.ENDED, List.of(), course.ended());
        }
        return Stop.of(course.position(), whole ? Stop.Reason.ARRIVED : Stop.Reason.INTERRUPTED);
    }

    /** Goes to a snapshot from which a place can be reached, if it cannot be from here. */
    void toward(final long step) {
        course.settle();
        final Place base = course.trail().floor(step);
        if (machine.steps() > step || base.steps() > machine.steps() + NEAR) {
            course.go(base);
        }
    }

    /**
     * Runs to a place ahead, or the last one before it, and keeps snapshots on the way.
     *
     * @return whether nobody asked to stop
     */
    boolean walk(final long step) {
        course.settle();
        while (course.ended().isEmpty() && step - machine.steps() > NEAR) {
            final long here = machine.steps();
            final long due = course.trail().nextAfter(here);
            final long mark = due > here ? due : here + Timeline.INTERVAL;
            final boolean whole = course.runUnlessStopped(Math.min(step - NEAR / 2, mark) - here,
                    Course.PATIENCE);
            if (machine.steps() > step) {
                closeIn(course.trail().floor(here), step);
                return true;
            }
            if (!whole) {
                return false;
            }
            course.mark();
        }
        if (course.ended().isEmpty() && machine.steps() < step) {
            toFloor(course.keep(), step);
        }
        return true;
    }

    /** Goes block by block from a place between blocks to one ahead, or to the last one before it. */
    private void toFloor(final Place from, final long step) {
        long last = from.steps();
        while (course.ended().isEmpty() && machine.steps() < step) {
            last = machine.steps();
            course.run(1);
        }
        if (machine.steps() <= step) {
            return;
        }
        final long end = machine.steps();
        course.go(from);
        if (last > from.steps()) {
            course.run(last - from.steps());
        }
        lookFor(course.here(), step, end);
    }

    /** Shows the last place at or before a step in a block, at whose beginning the machine stands. */
    void lookFor(final Place begin, final long step, final long end) {
        if (step >= end) {
            course.run(1);
            return;
        }
        for (long place = Math.min(step, begin.steps() + CpuEngine.LONGEST_BLOCK); place > begin.steps(); place--) {
            if (course.look(begin, place, end)) {
                return;
            }
        }
        course.go(begin);
    }

    /** Where a run goes far beyond what it was to (a reset takes a million steps), halves the way until it does not. */
    private void closeIn(final Place from, final long step) {
        Place low = from;
        course.go(low);
        long gap = step - low.steps();
        while (gap > 1) {
            gap = Math.max(1, gap / 2);
            course.run(gap);
            if (machine.steps() > step) {
                course.go(low);
            } else {
                low = course.here();
                gap = Math.min(2 * gap, step - low.steps() + 1);
            }
        }
        toFloor(low, step);
    }
}
