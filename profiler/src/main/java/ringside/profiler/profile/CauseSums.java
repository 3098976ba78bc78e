package ringside.profiler.profile;

import java.util.Arrays;
import java.util.EnumMap;
import ringside.profiler.model.Cause;

/** Cycles by row and cause. A row has only the causes that it met, mostly one or two. Allocates only when it grows. */
final class CauseSums {
    private static final Cause[] CAUSES = Cause.values();
    private static final int FIRST = 64;

    /** A row's first pair, or 0: there is no pair 0. */
    private int[] head = new int[FIRST];
    private int[] next = new int[FIRST];
    private byte[] causes = new byte[FIRST];
    private long[] cycles = new long[FIRST];
    private int size = 1;

    void add(final int row, final Cause cause, final long cost) {
        if (cost == 0) {
            return;
        }
        if (row >= head.length) {
            head = Arrays.copyOf(head, Math.max(row + 1, head.length * 2));
        }
        final int wanted = cause.ordinal();
        int pair = head[row];
        while (pair != 0 && causes[pair] != wanted) {
            pair = next[pair];
        }
        if (pair == 0) {
            pair = pair(row, wanted);
        }
        cycles[pair] += cost;
    }

    private int pair(final int row, final int cause) {
        if (size == next.length) {
            next = Arrays.copyOf(next, size * 2);
            causes = Arrays.copyOf(causes, size * 2);
            cycles = Arrays.copyOf(cycles, size * 2);
        }
        next[size] = head[row];
        causes[size] = (byte) cause;
        head[row] = size;
        return size++;
    }

    /** {@return what a row has} */
    CauseCycles of(final int row) {
        if (row >= head.length || head[row] == 0) {
            return CauseCycles.NONE;
        }
        final EnumMap<Cause, Long> all = new EnumMap<>(Cause.class);
        for (int pair = head[row]; pair != 0; pair = next[pair]) {
            all.put(CAUSES[causes[pair]], cycles[pair]);
        }
        return new CauseCycles(all);
    }
}
