package ringside.emulator.engine.unicorn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

/** The table finds every block again, and never overwrites the one that is running. */
class BlockTableTest {
    private static final int NOBODY = 0;

    private static Block block(final BlockTable table, final long address) {
        return new Block(table.nextId(), address, new int[] {0, 1, 3}, new int[] {0, 1, 2}, null, false, 0, 0,
                new byte[3], Long.SIZE);
    }

    /** {@return another translation whose place in the table is the same} */
    private static long rival(final BlockTable table, final long key) {
        final long place = table.put(key, block(table, 1), true, NOBODY);
        long rival = key + 1;
        while (table.put(rival, block(table, rival), true, NOBODY) != place) {
            rival++;
        }
        return rival;
    }

    @Test
    void blockThatFellOutOfTheTableIsFoundAgain() {
        try (BlockTable table = new BlockTable()) {
            final long key = 0x7f00_0000_1000L;
            final long rival = rival(table, key);
            final Block first = table.find(key, 1);
            final long entry = table.put(rival, table.find(rival, rival), true, NOBODY);
            assertEquals(entry, table.put(key, first, true, NOBODY));
            assertSame(first, table.at(entry));
        }
    }

    @Test
    void blockInThePlaceOfTheRunningOneIsPutAside() {
        try (BlockTable table = new BlockTable()) {
            final long key = 0x7f00_0000_1000L;
            final long rival = rival(table, key);
            final Block running = table.find(key, 1);
            final long current = table.put(key, running, true, NOBODY);
            final long aside = table.put(rival, table.find(rival, rival), true, current);
            assertNotEquals(current, aside);
            assertSame(running, table.at(current));
            assertSame(table.find(rival, rival), table.at(aside));
        }
    }
}
