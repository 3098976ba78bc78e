package ringside.profiler.model;

import java.util.Arrays;

/**
 * Which ports of a core are taken in which cycle. An issue takes the first cycle from its operands on in which one of
 * its ports is free: the oldest first, since instructions come in program order.
 *
 * <p>A window of {@link #WINDOW} cycles is kept; cycles rise, so what is older is forgotten as it is written over.
 */
final class PortCalendar {
    /** Cycles between the oldest and the newest issue that can still meet. */
    static final int WINDOW = 1 << 10;

    private static final int WINDOW_BITS = 10;
    private static final int MASK = WINDOW - 1;
    private static final int PORT_BITS = 24;
    private static final int USE = 1 << 8;
    /** Issues between two halvings. */
    private static final int FORGETTING = 64;
    private static final int PORTS = (1 << PORT_BITS) - 1;

    /** For each cycle of the window: the cycle's upper bits, and the ports that are taken. */
    private final long[] taken = new long[WINDOW];
    /** For each set of ports, hashed: no cycle before this one has a free port of it. */
    private final long[] fullBefore = new long[1 << 8];
    private final int[] fullOf = new int[1 << 8];
    /** For each port: from when on its unit takes another long operation. */
    private final long[] unitFree = new long[PORT_BITS];
    /** For each port: how much it was used; halved now and then. */
    private final int[] uses = new int[PORT_BITS];
    private int issues;

    PortCalendar() {
        Arrays.fill(taken, -1);
    }

    private int busy(final long cycle) {
        final long entry = taken[(int) cycle & MASK];
        return entry >> PORT_BITS == cycle >> WINDOW_BITS ? (int) entry & PORTS : 0;
    }

    private void take(final long cycle, final int busy, final int port) {
        taken[(int) cycle & MASK] = cycle >> WINDOW_BITS << PORT_BITS | busy | port;
    }

    /**
     * {@return the cycle of an issue}
     *
     * @param ready the first cycle in which it could be
     * @param ports where, not 0
     */
    long issue(final long ready, final int ports) {
        final int hash = ports * 0x9E37_79B1 >>> 24;
        if (fullOf[hash] != ports) {
            fullOf[hash] = ports;
            fullBefore[hash] = 0;
        }
        final long full = fullBefore[hash];
        long cycle = Math.max(ready, full);
        int free = ports & ~busy(cycle);
        while (free == 0) {
            cycle++;
            free = ports & ~busy(cycle);
        }
        if (ready <= full) {
            fullBefore[hash] = cycle;
        }
        final int port = choose(free);
        take(cycle, busy(cycle), port);
        return cycle;
    }

    /**
     * {@return the cycle of an issue to a unit that takes no other such one for a while: a divider}
     *
     * @param ready     the first cycle in which it could be
     * @param port      where, one bit
     * @param occupancy for how many cycles the unit is kept; the port takes other issues meanwhile
     */
    long issueLong(final long ready, final int port, final int occupancy) {
        final int unit = Integer.numberOfTrailingZeros(port);
        final long cycle = issue(Math.max(ready, unitFree[unit]), port);
        unitFree[unit] = cycle + occupancy;
        return cycle;
    }

    // Of free ports the one that was used least of late, so that the only port of one kind is left to it.
    private int choose(final int free) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int left = free; left != 0; left &= left - 1) {
            final int port = Integer.numberOfTrailingZeros(left);
            if (uses[port] < least) {
                least = uses[port];
                best = port;
            }
        }
        uses[best] += USE;
        if (++issues == FORGETTING) {
            issues = 0;
            for (int i = 0; i < PORT_BITS; i++) {
                uses[i] >>= 1;
            }
        }
        return 1 << best;
    }
}
