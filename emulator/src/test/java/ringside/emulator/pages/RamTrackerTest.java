package ringside.emulator.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import ringside.emulator.memory.GuestRam;

/** Maps of RAM hold what RAM held when they were taken, whether they are made at once or while it changes further. */
class RamTrackerTest {
    private static final int PAGES = 3 * ComingMaps.MOST;
    private static final int[] SIZES = {0, 1, ComingMaps.FEWEST - 1, ComingMaps.FEWEST, ComingMaps.FEWEST + 1, 200,
        ComingMaps.MOST - 1, ComingMaps.MOST, ComingMaps.MOST + 1, PAGES};

    private final Random random = new Random(1);

    /** Writes to so many pages, some in rows and some apart; to some of them what is there. */
    private void change(final GuestRam ram, final int pages) {
        int left = pages;
        int page = random.nextInt(PAGES);
        while (left > 0) {
            page = (page + (random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 1)) % PAGES;
            if (!ram.dirty().contains(page)) {
                final byte[] word = {(byte) random.nextInt(3), (byte) random.nextInt(2)};
                ram.write((long) page * GuestRam.PAGE + random.nextInt(GuestRam.PAGE - 1), word, 0, word.length);
                left--;
            }
        }
    }

    private static void assertHolds(final MemorySegment expected, final PageMap map) {
        for (int page = 0; page < PAGES; page++) {
            final MemorySegment content = expected.asSlice((long) page * GuestRam.PAGE, GuestRam.PAGE);
            if (content.mismatch(Page.ZEROS) < 0) {
                assertNull(map.page(page), "zeros are no page: page=" + page);
            } else {
                assertEquals(-1, content.mismatch(map.page(page).content()), "page=" + page);
            }
        }
    }

    @Test
    void aMapHoldsWhatRamHeldHoweverItChangesWhileTheMapIsMade() {
        try (GuestRam ram = GuestRam.allocate((long) PAGES * GuestRam.PAGE)) {
            final RamTracker tracker = new RamTracker(ram);
            final List<MemorySegment> contents = new ArrayList<>();
            final List<Supplier<PageMap>> maps = new ArrayList<>();
            for (int round = 0; round < 40; round++) {
                change(ram, SIZES[random.nextInt(SIZES.length)]);
                contents.add(MemorySegment.ofArray(ram.segment().toArray(ValueLayout.JAVA_BYTE)));
                maps.add(tracker.take());
                assertEquals(0, ram.dirty().count());
            }
            for (int i = 0; i < maps.size(); i++) {
                assertHolds(contents.get(i), maps.get(i).get());
            }
            for (int i = 0; i < maps.size(); i++) {
                final int back = random.nextInt(maps.size());
                change(ram, SIZES[random.nextInt(SIZES.length)]);
                if (random.nextBoolean()) {
                    tracker.take();
                }
                tracker.restore(maps.get(back).get());
                assertEquals(-1, ram.segment().mismatch(contents.get(back)), "round=" + i + " back=" + back);
                assertEquals(maps.get(back).get(), tracker.take().get(), "nothing changed since");
            }
        }
    }

    @Test
    void pagesThatDidNotChangeAreSharedWithTheMapBefore() {
        try (GuestRam ram = GuestRam.allocate((long) PAGES * GuestRam.PAGE)) {
            final RamTracker tracker = new RamTracker(ram);
            final byte[] one = {1};
            for (int page = 0; page < 2 * ComingMaps.FEWEST; page++) {
                ram.write((long) page * GuestRam.PAGE, one, 0, 1);
            }
            final PageMap first = tracker.take().get();
            for (int page = 0; page < 2 * ComingMaps.FEWEST; page++) {
                ram.write((long) page * GuestRam.PAGE + page % 2, one, 0, 1);
            }
            assertEquals(ComingMaps.FEWEST, tracker.take().get().newSince(first));
        }
    }
}
