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
    /** The bits of a port's number. */
    private static final int PORT_NUMBER = 31;
    private static final int USE = 1 << 8 + 5;
    /** Issues between two halvings. */
    private static final int FORGETTING = 64;
    private static final int PORTS = (1 << PORT_BITS) - 1;

    /** For each cycle of the window: the cycle's upper bits, and the ports that are taken. */
    private final long[] taken = new long[WINDOW];
    /** For each set of ports, hashed: no cycle before this one has a free port of it. */
    private final long[] fullBefore = new long[1 << 8];
    private final int[] fullOf = new int[1 << 8];
    /** For each port: its unit for long operations, where one was needed. */
    private final LongUnit[] units = new LongUnit[PORT_BITS];
    /** For each port: how much it was used, halved now and then, and its number; behind them what no port has. */
    private final int[] uses = new int[Integer.SIZE + 1];
    private int issues;

    PortCalendar() {
        Arrays.fill(taken, -1);
        Arrays.setAll(uses, port -> port < PORT_BITS ? port : Integer.MAX_VALUE);
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
        final long entry = taken[(int) ready & MASK];
        final long round = ready >> WINDOW_BITS;
        if (entry >> PORT_BITS <= round) {
            final int busy = entry >> PORT_BITS == round ? (int) entry & PORTS : 0;
            if ((ports & ~busy) != 0) {
                take(ready, busy, choose(ports & ~busy));
                return ready;
            }
        }
        return issueLater(ready, ports);
    }

    private long issueLater(final long ready, final int ports) {
        final int hash = ports * 0x9E37_79B1 >>> 24;
        if (fullOf[hash] != ports) {
            fullOf[hash] = ports;
            fullBefore[hash] = 0;
        }
        final long full = fullBefore[hash];
        long cycle = Math.max(ready, full);
        int busy = busy(cycle);
        while ((ports & ~busy) == 0) {
            cycle++;
            busy = busy(cycle);
        }
        if (ready <= full) {
            fullBefore[hash] = cycle;
        }
        take(cycle, busy, choose(ports & ~busy));
        return cycle;
    }

    /**
     * {@return the cycle of an issue to a unit that takes no other such one for a while: a divider}
     *
     * @param ready     the first cycle in which it could be
     * @param ports     where; the one that is free first
     * @param occupancy for how many cycles the unit is kept; the port takes other issues meanwhile
     */
    long issueLong(final long ready, final int ports, final int occupancy) {
        LongUnit unit = null;
        int port = 0;
        long start = Long.MAX_VALUE;
        for (int left = ports; left != 0; left &= left - 1) {
            final int number = Integer.numberOfTrailingZeros(left);
            final long gap = unit(number).gap(ready, occupancy);
            if (gap < start) {
                start = gap;
                unit = units[number];
                port = left & -left;
            }
        }
        final long cycle = issue(start, port);
        unit.take(unit.gap(cycle, occupancy), occupancy);
        return cycle;
    }

    private LongUnit unit(final int number) {
        if (units[number] == null) {
            units[number] = new LongUnit();
        }
        return units[number];
    }

    // Of free ports the one that was used least of late, so that the only port of one kind is left to it. Few kinds
    // have more than four, and looking at that many always is faster than to ask whether there is another.
    private int choose(final int free) {
        final int second = free & free - 1;
        final int third = second & second - 1;
        final int fourth = third & third - 1;
        int least = Math.min(Math.min(use(free), use(second)), Math.min(use(third), use(fourth)));
        for (int left = fourth & fourth - 1; left != 0; left &= left - 1) {
            least = Math.min(least, use(left));
        }
        final int best = least & PORT_NUMBER;
        uses[best] += USE;
        if (++issues == FORGETTING) {
            issues = 0;
            for (int i = 0; i < PORT_BITS; i++) {
                uses[i] = uses[i] >> 1 & ~PORT_NUMBER | i;
            }
        }
        return 1 << best;
    }

    private int use(final int ports) {
        return uses[Integer.numberOfTrailingZeros(ports)];
    }
}
