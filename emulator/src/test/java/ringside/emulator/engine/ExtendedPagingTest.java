package ringside.emulator.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

/** Extended page tables of every shape (Intel SDM volume 3, 28.3.2 and 28.3.3.1). */
class ExtendedPagingTest {
    private static final long POINTER = 0x101E;
    private static final int ALL = 7;
    private static final int WRITE_BACK = 6 << 3;
    private static final int LARGE = 1 << 7;

    private final MemorySegment ram = MemorySegment.ofArray(new long[0x1_0000 / Long.BYTES]);

    private void entry(final long table, final int index, final long value) {
        ram.set(ValueLayout.JAVA_LONG, table + (long) index * Long.BYTES, value);
    }

    private long translate(final long guestPhysical) {
        return ExtendedPaging.translate(ram, POINTER, guestPhysical);
    }

    private void chain(final long leaf) {
        entry(0x1000, 3, 0x2000 | ALL);
        entry(0x2000, 5, 0x3000 | ALL);
        entry(0x3000, 7, 0x4000 | ALL);
        entry(0x4000, 9, leaf);
    }

    private static long address(final int a, final int b, final int c, final int d) {
        return (long) a << 39 | (long) b << 30 | (long) c << 21 | (long) d << 12;
    }

    @Test
    void fourLevelsLeadToAFrame() {
        chain(0xA000 | WRITE_BACK | ALL);
        assertEquals(0xA000 | ALL, translate(address(3, 5, 7, 9) + 0x123));
        assertEquals(0xA123, ExtendedPaging.physical(ram, POINTER, address(3, 5, 7, 9) + 0x123));
        assertEquals(0, translate(address(3, 5, 7, 8)));
        assertEquals(0, translate(address(2, 5, 7, 9)));
        assertEquals(GuestPaging.UNMAPPED, ExtendedPaging.physical(ram, POINTER, address(3, 5, 6, 9)));
    }

    @Test
    void addressBeyond48BitsHasNoTranslation() {
        chain(0xA000 | WRITE_BACK | ALL);
        assertEquals(0, translate(1L << 48 | address(3, 5, 7, 9)));
        assertEquals(0, translate(-1));
    }

    @Test
    void pagesOf2MibAnd1Gib() {
        chain(0);
        entry(0x3000, 7, 0x4000_0000 | LARGE | WRITE_BACK | ALL);
        assertEquals(0x4000_0000L + 0x1F_E000 | ALL, translate(address(3, 5, 7, 0x1FE)));
        entry(0x2000, 5, 0x8000_0000L | LARGE | WRITE_BACK | ALL);
        assertEquals(0x8000_0000L + (7 << 21) + 0x9000 | ALL, translate(address(3, 5, 7, 9)));
    }

    @Test
    void rightsAreThoseOfEveryLevel() {
        chain(0xA000 | WRITE_BACK | ALL);
        entry(0x2000, 5, 0x3000 | ExtendedPaging.READ | ExtendedPaging.EXECUTE);
        entry(0x3000, 7, 0x4000 | ExtendedPaging.READ | ExtendedPaging.WRITE);
        assertEquals(0xA000 | ExtendedPaging.READ, translate(address(3, 5, 7, 9)));
        entry(0x2000, 5, 0x3000 | ExtendedPaging.EXECUTE);
        assertEquals(0, translate(address(3, 5, 7, 9)));
    }

    @Test
    void misconfiguredEntriesTranslateNothing() {
        final long[] leaves = {0xA000 | WRITE_BACK | 2, 0xA000 | WRITE_BACK | 6, 0xA000 | 2 << 3 | ALL,
            0xA000 | 3 << 3 | ALL, 0xA000 | 7 << 3 | ALL, 0x100_0000_A000L | WRITE_BACK | ALL};
        for (final long leaf : leaves) {
            chain(leaf);
            assertEquals(0, translate(address(3, 5, 7, 9)), Long.toHexString(leaf));
        }
        chain(0xA000 | WRITE_BACK | ALL);
        entry(0x3000, 7, 0x4000 | 1 << 3 | ALL);
        assertEquals(0, translate(address(3, 5, 7, 9)), "a reserved bit of a table's entry");
        entry(0x3000, 7, 0x4000_1000 | LARGE | WRITE_BACK | ALL);
        assertEquals(0, translate(address(3, 5, 7, 9)), "a large page that is not aligned");
        chain(0xA000 | WRITE_BACK | ALL);
        entry(0x1000, 3, 0x2000 | LARGE | ALL);
        assertEquals(0, translate(address(3, 5, 7, 9)), "no page is as large as an entry of the root");
    }

    @Test
    void tablesOutsideRamHaveNoEntries() {
        chain(0xA000 | WRITE_BACK | ALL);
        entry(0x2000, 5, 0x5000_0000 | ALL);
        assertEquals(0, translate(address(3, 5, 7, 9)));
    }

    @Test
    void pointerHasAMemoryTypeFourLevelsAndNothingElse() {
        assertTrue(ExtendedPaging.isPointer(0x101E));
        assertTrue(ExtendedPaging.isPointer(0xFF_FFFF_F018L));
        for (final long bad : new long[] {0, 0x1019, 0x101F, 0x1026, 0x1016, 0x105E, 0x109E, 0x111E, 0x181E,
            0x100_0000_101EL, Long.MIN_VALUE | 0x101E}) {
            assertFalse(ExtendedPaging.isPointer(bad), Long.toHexString(bad));
        }
    }
}
