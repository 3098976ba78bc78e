package ringside.emulator.travel;

import java.util.ArrayList;
import java.util.List;

/**
 * Which counts are wanted of a piece.
 *
 * @param counts one of each condition, from the beginning of the piece; below 1 where it is not wanted
 * @param any    whether the count of any condition will do, as going forward, or all must be there, as going back
 */
record Goal(long[] counts, boolean any) {
    boolean isReached(final long[] counted) {
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0 && counted[i] >= counts[i] == any) {
                return any;
            }
        }
        return !any;
    }

    /** {@return what is wanted of the rest of a piece} */
    Goal without(final long[] counted) {
        return new Goal(Hits.minus(counts, counted), any);
    }

    /** {@return those of some conditions whose count is got between two places of a piece} */
    List<Condition> met(final List<Condition> conditions, final long[] before, final long[] after) {
        final List<Condition> met = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0 && before[i] < counts[i] && after[i] >= counts[i]) {
                met.add(conditions.get(i));
            }
        }
        return met;
    }
}
