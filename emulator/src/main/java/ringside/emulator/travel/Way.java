package ringside.emulator.travel;

import ringside.emulator.engine.CpuEngine;
import ringside.emulator.machine.Machine;

/** The way to a place: from a snapshot before it, in long runs at first, then block by block, then within a block. */
final class Way {
    /** So near to a place it is gone to block by block. */
    private static final long NEAR = 256;
    /** Steps between two looks whether somebody asked to stop. */
    private static final long PATIENCE = Timeline.INTERVAL;

    private final Timeline timeline;
    private final Machine machine;

    Way(final Timeline timeline) {
        this.timeline = timeline;
        machine = timeline.machine();
    }

    /** Goes to a snapshot from which a place can be reached, if it cannot be from here. */
    void toward(final long step) {
        timeline.settle();
        final Place base = timeline.trail().floor(step);
        if (machine.steps() > step || base.steps() > machine.steps() + NEAR) {
            timeline.go(base);
        }
    }

    /**
     * Runs to a place ahead, or the last one before it, and keeps snapshots on the way.
     *
     * @return whether nobody asked to stop
     */
    boolean walk(final long step) {
        timeline.settle();
        while (timeline.ended().isEmpty() && step - machine.steps() > NEAR) {
            if (timeline.takeInterrupt()) {
                return false;
            }
            final long here = machine.steps();
            final long due = timeline.trail().nextAfter(here);
            final long mark = due > here ? due : here + PATIENCE;
            timeline.run(Math.min(Math.min(step - NEAR / 2, mark), here + PATIENCE) - here);
            if (machine.steps() > step) {
                closeIn(timeline.trail().floor(here), step);
                return true;
            }
            timeline.mark();
        }
        if (timeline.ended().isEmpty() && machine.steps() < step) {
            final Place near = timeline.here();
            timeline.trail().keep(near);
            toFloor(near, step);
        }
        return true;
    }

    /** Goes block by block from a place between blocks to one ahead, or to the last one before it. */
    private void toFloor(final Place from, final long step) {
        long last = from.steps();
        while (timeline.ended().isEmpty() && machine.steps() < step) {
            last = machine.steps();
            timeline.run(1);
        }
        if (machine.steps() <= step) {
            return;
        }
        final long end = machine.steps();
        timeline.go(from);
        if (last > from.steps()) {
            timeline.run(last - from.steps());
        }
        lookFor(timeline.here(), step, end);
    }

    /** Shows the last place at or before a step in a block, at whose beginning the machine stands. */
    void lookFor(final Place begin, final long step, final long end) {
        if (step >= end) {
            timeline.run(1);
            return;
        }
        for (long place = Math.min(step, begin.steps() + CpuEngine.LONGEST_BLOCK); place > begin.steps(); place--) {
            if (timeline.look(begin, place, end)) {
                return;
            }
        }
        timeline.go(begin);
    }

    /** Where a run goes far beyond what it was to (a reset takes a million steps), halves the way until it does not. */
    private void closeIn(final Place from, final long step) {
        Place low = from;
        timeline.go(low);
        long gap = step - low.steps();
        while (gap > 1) {
            gap = Math.max(1, gap / 2);
            timeline.run(gap);
            if (machine.steps() > step) {
                timeline.go(low);
            } else {
                low = timeline.here();
                gap = Math.min(2 * gap, step - low.steps() + 1);
            }
        }
        toFloor(low, step);
    }
}
