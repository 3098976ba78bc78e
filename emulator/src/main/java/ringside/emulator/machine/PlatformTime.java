package ringside.emulator.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import ringside.emulator.timing.CycleClock;

/**
 * The one time of all devices that belong to no CPU. It is what the CPU that looks says, but never goes back.
 *
 * <p>Devices on one interrupt line have a clock together, so that a machine whose CPUs all wait knows which deadlines
 * can wake one: those of a line that nobody hears pass unnoticed.
 */
final class PlatformTime {
    private record Group(int line, CycleClock clock) {
    }

    private final LongSupplier running;
    private final Runnable changed;
    private final List<Group> groups = new ArrayList<>();
    private long now;

    /**
     * Starts at 0.
     *
     * @param running the time of the CPU that runs, or anything that has passed
     * @param changed told when {@link #next()} may have changed
     */
    PlatformTime(final LongSupplier running, final Runnable changed) {
        this.running = running;
        this.changed = changed;
    }

    /** {@return the time, and leaves it at that} */
    long look() {
        return Math.max(now, running.getAsLong());
    }

    long now() {
        now = Math.max(now, running.getAsLong());
        return now;
    }

    /** {@return the clock of the devices on a line} */
    CycleClock clock(final int line) {
        for (final Group group : groups) {
            if (group.line == line) {
                return group.clock;
            }
        }
        final CycleClock clock = new CycleClock(this::now, changed);
        groups.add(new Group(line, clock));
        return clock;
    }

    /** {@return the earliest deadline} */
    long next() {
        return next(line -> true);
    }

    /** {@return the earliest deadline of the lines that matter} */
    long next(final IntPredicate matters) {
        long next = CycleClock.NEVER;
        for (final Group group : groups) {
            final long at = group.clock.next();
            if (at < next && matters.test(group.line)) {
                next = at;
            }
        }
        return next;
    }

    void advanceTo(final long cycle) {
        now = Math.max(now, cycle);
    }

    /** Goes to a time, be it earlier. */
    void load(final long cycle) {
        now = cycle;
    }

    /** Fires all that is due, the earliest group first. */
    void fireDue() {
        while (true) {
            CycleClock first = null;
            for (final Group group : groups) {
                if (first == null || group.clock.next() < first.next()) {
                    first = group.clock;
                }
            }
            if (first == null || first.next() > running.getAsLong() && first.next() > now) {
                return;
            }
            first.fireDue();
        }
    }
}
