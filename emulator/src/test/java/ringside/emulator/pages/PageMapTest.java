package ringside.emulator.pages;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import ringside.emulator.memory.GuestRam;

class PageMapTest {
    private static final int PAGES = 3 * PageMap.CHUNK_PAGES + 7;

    private final MemorySegment ram = MemorySegment.ofArray(new byte[PAGES * GuestRam.PAGE]);
    private final PageMap empty = PageMap.zeros(ram.byteSize());

    private static BitSet pages(final int... numbers) {
        final BitSet set = new BitSet();
        Arrays.stream(numbers).forEach(set::set);
        return set;
    }

    private static BitSet all() {
        final BitSet set = new BitSet();
        set.set(0, PAGES);
        return set;
    }

    private void write(final int page, final int offset, final int value) {
        ram.set(ValueLayout.JAVA_BYTE, (long) page * GuestRam.PAGE + offset, (byte) value);
    }

    @Test
    void aPageThatDidNotChangeIsTheSameObject() {
        write(1, 0, 7);
        write(600, 5, 8);
        final PageMap first = empty.next(ram, pages(1, 600));
        write(1, 0, 9);
        final PageMap second = first.next(ram, pages(1, 600));
        assertSame(first.page(600), second.page(600), "page 600 is named as changed, and is not");
        assertEquals(pages(1), first.differences(second));
        assertEquals(7, first.page(1).content().get(ValueLayout.JAVA_BYTE, 0), "a map never changes");
        assertEquals(9, second.page(1).content().get(ValueLayout.JAVA_BYTE, 0));
    }

    @Test
    void zerosAreNoPages() {
        write(1000, 4095, 1);
        final PageMap first = empty.next(ram, all());
        assertEquals(1, first.used());
        write(1000, 4095, 0);
        final PageMap second = first.next(ram, pages(1000));
        assertNull(second.page(1000));
        assertEquals(0, second.used());
        assertArrayEquals(empty.digest(), second.digest());
    }

    @Test
    void aDigestTellsContentPlaceAndSize() {
        write(3, 0, 1);
        final byte[] here = empty.next(ram, all()).digest();
        write(3, 0, 0);
        write(4, 0, 1);
        final byte[] there = empty.next(ram, all()).digest();
        write(4, 0, 0);
        write(3 + PageMap.CHUNK_PAGES, 0, 1);
        final byte[] inAnotherChunk = empty.next(ram, all()).digest();
        final byte[] larger = PageMap.zeros(ram.byteSize() + GuestRam.PAGE).digest();
        assertFalse(Arrays.equals(here, there));
        assertFalse(Arrays.equals(here, inAnotherChunk));
        assertFalse(Arrays.equals(empty.digest(), larger));
    }

    @Test
    void stepByStepOrAtOnceIsTheSameTree() {
        final Random random = new Random(1);
        final List<PageMap> history = new ArrayList<>(List.of(empty));
        final List<byte[]> contents = new ArrayList<>(List.of(ram.toArray(ValueLayout.JAVA_BYTE)));
        for (int round = 0; round < 20; round++) {
            final BitSet changed = new BitSet();
            for (int i = 0; i < 40; i++) {
                final int page = random.nextInt(PAGES);
                write(page, random.nextInt(GuestRam.PAGE), random.nextInt(3));
                changed.set(page);
            }
            history.add(history.getLast().next(ram, changed));
            contents.add(ram.toArray(ValueLayout.JAVA_BYTE));
        }
        for (int i = 0; i < history.size(); i++) {
            final PageMap atOnce = empty.next(MemorySegment.ofArray(contents.get(i)), all());
            assertArrayEquals(atOnce.digest(), history.get(i).digest(), "round=" + i);
            assertEquals(atOnce.used(), history.get(i).used(), "round=" + i);
            assertRestores(contents.get(i), history.getLast(), history.get(i));
        }
    }

    private void assertRestores(final byte[] expected, final PageMap from, final PageMap to) {
        final MemorySegment copy = MemorySegment.ofArray(ram.toArray(ValueLayout.JAVA_BYTE));
        from.differences(to).stream().forEach(number -> {
            final Page page = to.page(number);
            copy.asSlice((long) number * GuestRam.PAGE, GuestRam.PAGE)
                    .copyFrom(page == null ? Page.ZEROS : page.content());
        });
        assertArrayEquals(expected, copy.toArray(ValueLayout.JAVA_BYTE));
    }
}
