package ringside.profiler.model;

import java.util.Arrays;

/**
 * Up to four queues whose places are given back in any order: schedulers, whose entries leave when they are issued.
 *
 * <p>For each cycle of a window it knows how many leave; one that leaves beyond the window counts as leaving at its
 * end. The four counts of a cycle are parts of one number, so that one look tells of all.
 */
final class WaitingPlaces {
    /** Queues at most. */
    static final int LANES = 4;
    /** Places of one at most. */
    static final int MOST = 1 << 14;

    private static final int LANE_SHIFT = 4;
    private static final int LANE_MASK = 0xFFFF;
    private static final int WINDOW = 2048;
    private static final int MASK = WINDOW - 1;
    private static final int WORD_SHIFT = 6;
    private static final int WORD_MASK = 63;
    private static final int WORDS = WINDOW >> WORD_SHIFT;

    private final int[] places = new int[LANES];
    private final long[] leaving = new long[WINDOW];
    /** A bit for each cycle in which one leaves. */
    private final long[] cycles = new long[WORDS];
    private long taken;
    private long now;

    /**
     * Makes empty ones.
     *
     * @param places how many each has
     */
    WaitingPlaces(final int... places) {
        System.arraycopy(places, 0, this.places, 0, places.length);
    }

    /** {@return what {@link #fewest} wants to be told of some queues, a bit each} */
    static long without(final int queues) {
        long others = 0;
        for (int i = 0; i < LANES; i++) {
            others |= (queues >> i & 1) != 0 ? 0 : (long) (2 * MOST - 1) << (i << LANE_SHIFT);
        }
        return others;
    }

    /**
     * {@return which queue has the fewest places taken; of equals the next one behind a queue; its number}
     *
     * @param cycle   as of which; never falls
     * @param without by {@link #without}
     * @param behind  which queue
     */
    int fewest(final long cycle, final long without, final int behind) {
        advance(cycle);
        final long counts = taken | without;
        final int low = Math.min(turn(counts, 0, behind), turn(counts, 1, behind));
        final int high = Math.min(turn(counts, 2, behind), turn(counts, LANES - 1, behind));
        return Math.min(low, high) + behind + 1 & LANES - 1;
    }

    private static int turn(final long counts, final int queue, final int behind) {
        return count(counts, queue) << 2 | queue - behind - 1 & LANES - 1;
    }

    private static int count(final long counts, final int queue) {
        return (int) (counts >>> (queue << LANE_SHIFT)) & LANE_MASK;
    }

    /** {@return how many places of a queue are taken, as of the last question} */
    int taken(final int queue) {
        return count(taken, queue);
    }

    /** {@return the first cycle, from the last question's on, in which a queue has a place for one more} */
    long available(final int queue) {
        long cycle = now;
        for (int left = taken(queue); left >= places[queue]; left -= count(leaving[(int) cycle & MASK], queue)) {
            cycle++;
        }
        return cycle;
    }

    /** Goes on to a cycle: what left by then has left. */
    void advance(final long to) {
        if (to > now) {
            if (taken == 0) {
                now = to;
            } else if (to - now >= WINDOW) {
                Arrays.fill(leaving, 0);
                Arrays.fill(cycles, 0);
                taken = 0;
                now = to;
            } else {
                leave(to);
            }
        }
    }

    private void leave(final long to) {
        while (now < to) {
            final long next = now + 1;
            final long last = Math.min(to, next | WORD_MASK);
            final int word = (int) (next >>> WORD_SHIFT) & WORDS - 1;
            final long range = -1L << next & -1L >>> (int) (WORD_MASK - (last & WORD_MASK));
            final long due = cycles[word] & range;
            if (due != 0) {
                for (long left = due; left != 0; left &= left - 1) {
                    final int cycle = word << WORD_SHIFT | Long.numberOfTrailingZeros(left);
                    taken -= leaving[cycle];
                    leaving[cycle] = 0;
                }
                cycles[word] ^= due;
            }
            now = last;
        }
    }

    /**
     * Takes a place.
     *
     * @param queue of this one
     * @param until the cycle in which it is given back, behind that of the last question
     */
    void take(final int queue, final long until) {
        if (until > now) {
            final int cycle = (int) Math.min(until, now + MASK) & MASK;
            final long one = 1L << (queue << LANE_SHIFT);
            taken += one;
            leaving[cycle] += one;
            cycles[cycle >> WORD_SHIFT] |= 1L << cycle;
        }
    }
}
