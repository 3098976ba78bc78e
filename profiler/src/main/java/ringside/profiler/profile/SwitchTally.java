package ringside.profiler.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import ringside.profiler.model.Cause;

/** One switch while it is measured, and, added up, all those of a group. Measuring allocates nothing. */
final class SwitchTally {
    private static final SwitchPart[] PARTS = SwitchPart.values();
    private static final Cause[] CAUSES = Cause.values();

    /** By part; the last column is of cycles without a cause. */
    private final long[][] cycles = new long[PARTS.length][CAUSES.length + 1];
    private final long[] instructions = new long[PARTS.length];
    private final Tally[] spread = new Tally[PARTS.length];
    private final Tally whole = new Tally();

    void clear() {
        for (final long[] row : cycles) {
            Arrays.fill(row, 0);
        }
        Arrays.fill(instructions, 0);
    }

    void add(final SwitchPart part, final long cost, final Cause cause, final int count) {
        cycles[part.ordinal()][cause == null ? CAUSES.length : cause.ordinal()] += cost;
        instructions[part.ordinal()] += count;
    }

    /** Takes one switch in. */
    void take(final SwitchTally one) {
        long all = 0;
        for (int part = 0; part < PARTS.length; part++) {
            long sum = 0;
            for (int cause = 0; cause <= CAUSES.length; cause++) {
                sum += one.cycles[part][cause];
                cycles[part][cause] += one.cycles[part][cause];
            }
            instructions[part] += one.instructions[part];
            if (spread[part] == null) {
                spread[part] = new Tally();
            }
            spread[part].add(sum);
            all += sum;
        }
        whole.add(all);
    }

    SwitchGroup group(final int cpu, final String entry, final boolean toIdle) {
        final List<SwitchGroup.Part> parts = new ArrayList<>();
        for (int part = 0; part < PARTS.length; part++) {
            final SortedMap<Cause, Long> causes = new TreeMap<>();
            for (int cause = 0; cause < CAUSES.length; cause++) {
                if (cycles[part][cause] != 0) {
                    causes.put(CAUSES[cause], cycles[part][cause]);
                }
            }
            parts.add(new SwitchGroup.Part(PARTS[part], instructions[part], spread[part].distribution(), causes));
        }
        return new SwitchGroup(cpu, entry, toIdle, whole.distribution(), parts);
    }
}
