package ringside.profiler.gate;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * One number of one path beside its baseline.
 *
 * @param metric which
 * @param before the baseline's; empty where it has none
 * @param after  the run's; empty where it has none
 * @param limit  how much more was allowed
 * @param fate   what came of it
 */
public record MetricChange(String metric, OptionalLong before, OptionalLong after, Limit limit, Fate fate) {
    /** What becomes of a number. */
    public enum Fate {
        /** It is what it was. */
        SAME("same"),
        /** It grew, and no more than it may. */
        WITHIN("within its limit"),
        /** It is less. */
        BETTER("better"),
        /** It is less, and the baseline has to be told. */
        UNRECORDED("better, not recorded"),
        /** It grew by more than it may. */
        WORSE("worse"),
        /** It is not what it was, of a number of which neither more nor less is better. */
        OTHER("different"),
        /** The baseline does not have it. */
        NEW("new"),
        /** The baseline does not have it, and the gate says that this may be. */
        NEW_DECLARED("new, declared"),
        /** The run does not have it. */
        MISSING("missing"),
        /** The run does not have it, and the gate says that this may be. */
        MISSING_DECLARED("missing, declared");

        private final String text;

        Fate(final String text) {
            this.text = text;
        }

        /** {@return whether the gate stays shut for it} */
        public boolean fails() {
            return switch (this) {
                case UNRECORDED, WORSE, OTHER, NEW, MISSING -> true;
                case SAME, WITHIN, BETTER, NEW_DECLARED, MISSING_DECLARED -> false;
            };
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Refuses missing parts. */
    public MetricChange {
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(limit, "limit");
        Objects.requireNonNull(fate, "fate");
    }

    /** {@return how much more it is; 0 where one side has none} */
    public long difference() {
        return before.isPresent() && after.isPresent() ? after.getAsLong() - before.getAsLong() : 0;
    }

    /** {@return the difference as a share of the baseline, 1 where the baseline is 0 and the run is not} */
    public double share() {
        if (difference() == 0) {
            return 0;
        }
        return before.getAsLong() == 0 ? 1 : (double) difference() / Math.abs(before.getAsLong());
    }

    /** {@return how bad it is beside others: its share, of a number of which less is no better without its sign} */
    double weight() {
        return fate == Fate.OTHER ? Math.abs(share()) : share();
    }
}
