package ringside.emulator.timing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The machine's only clock, in cycles, and the deadlines that devices set on it.
 *
 * <p>Deadlines that fall on the same cycle fire in the order their owners were made, so the order never depends on
 * when they were set.
 */
public final class CycleClock {
    /** The deadline of something that is not going to happen. */
    public static final long NEVER = Long.MAX_VALUE;

    private final LongSupplier cycles;
    private final Runnable changed;
    private final List<Deadline> deadlines = new ArrayList<>();
    private long earliest = NEVER;
    private boolean stale;

    /**
     * Makes a clock.
     *
     * @param cycles  reads the current cycle
     * @param changed told whenever {@link #next()} may have changed
     */
    public CycleClock(final LongSupplier cycles, final Runnable changed) {
        this.cycles = cycles;
        this.changed = changed;
    }

    /** {@return the current cycle} */
    public long now() {
        return cycles.getAsLong();
    }

    /**
     * {@return a new deadline, not set}
     *
     * @param action runs when the clock reaches it; it may set the deadline again
     */
    public Deadline deadline(final Runnable action) {
        final Deadline deadline = new Deadline(action);
        deadlines.add(deadline);
        return deadline;
    }

    /** {@return the earliest cycle at which something is due, or {@link #NEVER}} */
    public long next() {
        if (stale) {
            stale = false;
            earliest = NEVER;
            for (final Deadline deadline : deadlines) {
                earliest = Math.min(earliest, deadline.at);
            }
        }
        return earliest;
    }

    /** Fires all that is due, earliest first. */
    public void fireDue() {
        final long now = now();
        while (next() <= now) {
            Deadline due = null;
            for (final Deadline deadline : deadlines) {
                if (deadline.at <= now && (due == null || deadline.at < due.at)) {
                    due = deadline;
                }
            }
            if (due == null) {
                return;
            }
            due.at = NEVER;
            stale = true;
            due.action.run();
        }
    }

    /** A moment at which its owner wants to act. */
    public final class Deadline {
        private final Runnable action;
        private long at = NEVER;

        private Deadline(final Runnable action) {
            this.action = action;
        }

        /**
         * Sets or moves the deadline.
         *
         * @param cycle absolute; one in the past fires at the next opportunity; {@link #NEVER} cancels
         */
        public void set(final long cycle) {
            at = cycle;
            stale = true;
            changed.run();
        }

        /** {@return the cycle it is set to, or {@link #NEVER}} */
        public long at() {
            return at;
        }
    }
}
