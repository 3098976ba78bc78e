package ringside.profiler.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import ringside.emulator.event.MachineObserver;

/** Where data comes from, and what it costs that another core has it. */
class SharedMemoryTest {
    private static final Microarchitecture.Hardware ZEN4 = Microarchitecture.named("zen4").hardware().orElseThrow();
    private static final long LINE = 0x4_0000;
    private static final long NO_PAGE = MachineObserver.UNKNOWN_PAGE;

    private final SharedMemory shared = new SharedMemory(ZEN4.memory());
    private final DataPath one = new DataPath(0, shared, ZEN4);

    private static long latency(final DataPath core, final long address, final long cycle) {
        return core.load(address, 8, cycle, 1, NO_PAGE) - cycle;
    }

    @Test
    void loadIsServedByTheNearestCacheThatHasTheLine() {
        assertEquals(ZEN4.memory().dram(), latency(one, LINE, 0));
        assertEquals(Cause.DRAM, one.source());
        assertEquals(ZEN4.memory().l1d().latency(), latency(one, LINE + 8, 10_000));
        assertEquals(Cause.L1, one.source());
        final int set = ZEN4.memory().l1d().bytes() / ZEN4.memory().l1d().ways();
        for (int i = 1; i <= ZEN4.memory().l1d().ways(); i++) {
            latency(one, LINE + (long) i * set, 10_000L * (i + 1));
        }
        assertEquals(ZEN4.memory().l2().latency(), latency(one, LINE, 1_000_000));
        assertEquals(Cause.L2, one.source());
    }

    @Test
    void secondLoadOfALineUnderWayWaitsForIt() {
        final long first = one.load(LINE, 8, 0, 1, NO_PAGE);
        assertEquals(first, one.load(LINE + 8, 8, 5, 2, NO_PAGE));
    }

    @Test
    void lineThatAnotherCoreWroteCostsATransferAndOneThatOnlyOneUsesDoesNot() {
        final DataPath other = new DataPath(1, shared, ZEN4);
        latency(one, LINE, 0);
        latency(other, LINE + (1 << 12), 0);
        one.store(LINE, 8, 10_000, NO_PAGE);
        assertEquals(ZEN4.memory().transfer(), latency(other, LINE + 32, 20_000), "false sharing is sharing");
        assertEquals(Cause.COHERENCE, other.source());
        assertEquals(ZEN4.memory().l1d().latency(), latency(other, LINE, 30_000), "both read it now");
        assertEquals(30_000L + ZEN4.memory().transfer(), one.store(LINE, 8, 30_000, NO_PAGE), "and one takes it back");
        one.store(LINE, 8, 40_000, NO_PAGE);
        assertEquals(Cause.L1, one.source());
        assertEquals(ZEN4.memory().l1d().latency(), latency(other, LINE + (1 << 12), 50_000), "nobody else's");
    }

    @Test
    void loadsAtEqualDistancesAreFetchedAhead() {
        final DataPath plain = new DataPath(0, new SharedMemory(ZEN4.memory()), ZEN4);
        long cycle = 0;
        long slow = 0;
        for (int i = 0; i < 60; i++) {
            final long took = latency(plain, LINE + i * 64L, cycle);
            slow += took > ZEN4.memory().l2().latency() ? 1 : 0;
            cycle += 2000;
        }
        assertTrue(slow < 8, "lines that came late: " + slow);
    }
}
