package ringside.emulator.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

/** Intel SDM volume 3, chapter 4: each paging mode and page size. */
class GuestPagingTest {
    private static final long PG = 1L << 31;
    private static final long PAE = 1L << 5;
    private static final long PSE = 1L << 4;
    private static final long LA57 = 1L << 12;
    private static final long LMA = 1L << 10;
    private static final int LARGE = 0x80;

    private final MemorySegment ram = Arena.ofAuto().allocate(4 << 20, 4096);

    private void entry(final long at, final long value) {
        ram.set(ValueLayout.JAVA_LONG, at, value);
    }

    private long longMode(final long cr4, final long virtual) {
        return GuestPaging.translate(ram, PG, 0x1000, PAE | cr4, LMA, virtual);
    }

    @Test
    void withoutPagingAnAddressIsItselfInside32Bits() {
        assertEquals(0x1234, GuestPaging.translate(ram, 0, 0, 0, 0, 0x7_0000_1234L));
        assertEquals(GuestPaging.UNMAPPED, GuestPaging.translate(ram, 0, 0, 0, 0, 4 << 20));
    }

    @Test
    void fourLevelsLeadToAPage() {
        entry(0x1000 + 8 * 511, 0x2001);
        entry(0x2000 + 8 * 510, 0x3001);
        entry(0x3000 + 8 * 3, 0x4001);
        entry(0x4000 + 8 * 5, 0x8000_0000_0000_0000L | 0x5001);
        assertEquals(0x5ABC, longMode(0, 0xFFFF_FFFF_8060_5ABCL));
        assertEquals(GuestPaging.UNMAPPED, longMode(0, 0xFFFF_FFFF_8060_6ABCL));
    }

    @Test
    void fiveLevelsLeadToAPage() {
        entry(0x1000, 0x2001);
        entry(0x2000, 0x3001);
        entry(0x3000, 0x4001);
        entry(0x4000, 0x5001);
        entry(0x5000 + 8, 0x9001);
        assertEquals(0x9010, longMode(LA57, 0x1010));
    }

    @Test
    void largePagesOf2MiBAnd1GiBEndTheWalk() {
        entry(0x1000, 0x2001);
        entry(0x2000, 0x3001);
        entry(0x3000 + 8, 0x20_0001 | LARGE);
        entry(0x2000 + 8, 0x1 | LARGE);
        assertEquals(0x34_5678, longMode(0, 0x34_5678));
        assertEquals(0x12_3456, longMode(0, 0x4012_3456L));
    }

    @Test
    void paeModeHasThreeLevelsAndTwoBitsOnTop() {
        entry(0x1000 + 8, 0x2001);
        entry(0x2000, 0x3001);
        entry(0x3000 + 8 * 2, 0x7001);
        assertEquals(0x7123, GuestPaging.translate(ram, PG, 0x1000, PAE, 0, 0x4000_2123L));
    }

    @Test
    void legacyModeHasTwoLevelsAndLargePagesOnlyWithPse() {
        ram.set(ValueLayout.JAVA_INT, 0x1000, 0x2001);
        ram.set(ValueLayout.JAVA_INT, 0x2000 + 4, 0x8001);
        ram.set(ValueLayout.JAVA_INT, 0x1000 + 4, 0x0001 | LARGE);
        assertEquals(0x8004, GuestPaging.translate(ram, PG, 0x1000, 0, 0, 0x1004));
        assertEquals(0x1234, GuestPaging.translate(ram, PG, 0x1000, PSE, 0, 0x40_1234));
        assertEquals(GuestPaging.UNMAPPED, GuestPaging.translate(ram, PG, 0x1000, 0, 0, 0x40_1234));
    }
}
