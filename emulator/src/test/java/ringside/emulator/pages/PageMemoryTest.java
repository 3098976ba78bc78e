package ringside.emulator.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import ringside.emulator.memory.GuestRam;

class PageMemoryTest {
    @Test
    void pagesThatAreKeptDoNotOverlap() {
        final List<MemorySegment> pages = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            pages.add(PageMemory.page().fill((byte) i));
        }
        for (int i = 0; i < pages.size(); i++) {
            final byte value = (byte) i;
            assertEquals(GuestRam.PAGE, pages.get(i).byteSize());
            assertEquals(-1, pages.get(i).mismatch(MemorySegment.ofArray(new byte[GuestRam.PAGE]).fill(value)));
        }
    }

    @Test
    void pagesThatNobodyHasAreGivenOutAgain() {
        // Many times what may be out before the collector is asked to look; kept pages stay whole meanwhile.
        final MemorySegment kept = PageMemory.page().fill((byte) 77);
        for (long i = 0; i < 20 * PageMemory.SLACK; i++) {
            PageMemory.page();
        }
        assertTrue(PageMemory.taken() < 10 * PageMemory.SLACK, "pages of the host: " + PageMemory.taken());
        assertEquals(-1, kept.mismatch(MemorySegment.ofArray(new byte[GuestRam.PAGE]).fill((byte) 77)));
    }
}
