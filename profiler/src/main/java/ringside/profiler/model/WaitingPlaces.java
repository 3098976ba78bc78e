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

    private final int places;
    private final short[] leaving = new short[WINDOW];
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
        if (to - now >= WINDOW) {
            Arrays.fill(leaving, (short) 0);
            taken = 0;
            now = to;
        }
        while (now < to) {
            if (taken == 0) {
                now = to;
                return;
            }
            now++;
            taken -= leaving[(int) now & MASK];
            leaving[(int) now & MASK] = 0;
        }
    }

    /**
     * Takes a place.
     *
     * @param until the cycle in which it is given back
     */
    void take(final long until) {
        if (until > now) {
            taken++;
            leaving[(int) Math.min(until, now + MASK) & MASK]++;
        }
    }
}
