package ringside.emulator.pages;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import ringside.emulator.memory.GuestRam;

class SharedPagesTest {
    private static final int BYTES = 40 * GuestRam.PAGE - 512;

    private static void write(final SharedPages pages, final long at, final byte... bytes) {
        try {
            pages.write(at, bytes, bytes.length, number -> new byte[GuestRam.PAGE]);
        } catch (final IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static byte[] read(final SharedPages pages) {
        final byte[] all = new byte[BYTES];
        pages.read(0, all, BYTES);
        return all;
    }

    @Test
    void aMapHoldsWhatWasWrittenSinceTheOneBeforeAndSharesTheRest() {
        final SharedPages pages = new SharedPages(1L << 40, true);
        write(pages, 0, (byte) 1);
        write(pages, (1L << 40) - 1, (byte) 2);
        final PageMap first = pages.take();
        assertSame(first, pages.take(), "nobody wrote");
        write(pages, 7, (byte) 3);
        write(pages, 500L << 30, (byte) 4);
        final PageMap second = pages.take();
        assertEquals(2, first.used());
        assertEquals(3, second.used());
        assertEquals(2, second.newSince(first));
        final int last = (1 << 28) - 1;
        assertSame(first.page(last), second.page(last));
        assertEquals(0, first.page(0).content().get(ValueLayout.JAVA_BYTE, 7), "a map never changes");
        assertEquals(last, second.nextUsed((500 << 18) + 1));
        assertEquals(PageMap.NONE, second.nextUsed(last + 1));
    }

    @Test
    void whatIsWrittenAsItWasIsNoChange() {
        final SharedPages pages = new SharedPages(BYTES, true);
        write(pages, 9, (byte) 1);
        final PageMap first = pages.take();
        write(pages, 9, (byte) 2);
        write(pages, 9, (byte) 1);
        assertSame(first, pages.take());
    }

    @Test
    void zerosAreAPageOrNone() {
        final SharedPages keeps = new SharedPages(BYTES, true);
        write(keeps, 9, (byte) 0);
        assertNotNull(keeps.take().page(0));
        final SharedPages drops = new SharedPages(BYTES, false);
        write(drops, 9, (byte) 0);
        assertNull(drops.take().page(0));
        write(drops, 9, (byte) 1);
        drops.take();
        write(drops, 9, (byte) 0);
        assertEquals(new SharedPages(BYTES, false).take().hash(), drops.take().hash());
        assertEquals(0, drops.used());
    }

    @Test
    void whatHasNothingBelowIsNotWritten() {
        final SharedPages pages = new SharedPages(BYTES, true);
        write(pages, 4096, (byte) 1);
        final byte[] bytes = new byte[3 * GuestRam.PAGE];
        assertThrows(IOException.class, () -> pages.write(4096, bytes, bytes.length, number -> {
            throw new IOException("full");
        }));
        assertEquals(1, pages.used());
        assertArrayEquals(new byte[BYTES], read(pages), "what was there is");
    }

    @Test
    void goingToAnyMapBringsItsContentBack() {
        final Random random = new Random(5);
        final SharedPages pages = new SharedPages(BYTES, random.nextBoolean());
        final List<PageMap> maps = new ArrayList<>();
        final List<byte[]> contents = new ArrayList<>();
        byte[] model = new byte[BYTES];
        for (int i = 0; i < 2000; i++) {
            final byte[] bytes = new byte[1 + random.nextInt(3 * GuestRam.PAGE)];
            if (random.nextInt(3) > 0) {
                random.nextBytes(bytes);
            }
            final int at = random.nextInt(BYTES - bytes.length);
            write(pages, at, bytes);
            System.arraycopy(bytes, 0, model, at, bytes.length);
            assertArrayEquals(model, read(pages));
            if (i % 10 == 0) {
                maps.add(pages.take());
                contents.add(model.clone());
            }
            if (i % 17 == 0) {
                final int back = random.nextInt(maps.size());
                pages.restore(maps.get(back));
                model = contents.get(back).clone();
                assertArrayEquals(model, read(pages));
                assertSame(maps.get(back), pages.take());
            }
        }
    }
}
