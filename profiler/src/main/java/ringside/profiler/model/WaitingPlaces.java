package ringside.profiler.model;

import java.util.Arrays;

/**
 * A queue whose places are given back in any order: a scheduler, whose entries leave when they are issued.
 *
 * <p>For each cycle of a window it knows how many leave; one that leaves beyond the window counts as leaving at its
 * end.
 */
final class WaitingPlaces {
    private static final int WINDOW = 2048;
    private static final int MASK = WINDOW - 1;
    private static final int WORD_SHIFT = 6;
    private static final int WORD_MASK = 63;
    private static final int WORDS = WINDOW >> WORD_SHIFT;

    private final int places;
    private final short[] leaving = new short[WINDOW];
    /** A bit for each cycle in which one leaves. */
    private final long[] cycles = new long[WORDS];
    private int taken;
    private long now;

    /**
     * Makes an empty one.
     *
     * @param places how many
     */
    WaitingPlaces(final int places) {
        this.places = places;
    }

    /** {@return the first cycle, from one on that never falls, in which there is a place for one more} */
    long available(final long from) {
        advance(from);
        long cycle = now;
        for (int left = taken; left >= places; left -= leaving[(int) cycle & MASK]) {
            cycle++;
        }
        return Math.max(cycle, from);
    }

    /** {@return how many places are taken, as of the last question} */
    int taken() {
        return taken;
    }

    private void advance(final long to) {
        if (taken == 0 || to - now >= WINDOW) {
            if (taken != 0) {
                Arrays.fill(leaving, (short) 0);
                Arrays.fill(cycles, 0);
                taken = 0;
            }
            now = Math.max(now, to);
        }
        while (now < to) {
            final long next = now + 1;
            final long last = Math.min(to, next | WORD_MASK);
            final int word = (int) (next >>> WORD_SHIFT) & WORDS - 1;
            final long range = -1L << next & -1L >>> (int) (WORD_MASK - (last & WORD_MASK));
            for (long left = cycles[word] & range; left != 0; left &= left - 1) {
                final int cycle = word << WORD_SHIFT | Long.numberOfTrailingZeros(left);
                taken -= leaving[cycle];
                leaving[cycle] = 0;
            }
            cycles[word] &= ~range;
            now = last;
        }
    }

    /**
     * Takes a place.
     *
     * @param until the cycle in which it is given back
     */
    void take(final long until) {
        if (until > now) {
            final int cycle = (int) Math.min(until, now + MASK) & MASK;
            taken++;
            leaving[cycle]++;
            cycles[cycle >> WORD_SHIFT] |= 1L << cycle;
        }
    }
}
