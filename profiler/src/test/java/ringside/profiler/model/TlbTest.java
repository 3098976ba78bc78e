package ringside.profiler.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import ringside.emulator.event.Translation;
import ringside.emulator.event.TranslationDrop;

/** What a translation costs, and what drops it. */
class TlbTest {
    private static final Microarchitecture.Translation ZEN4 = translation("zen4");
    private static final Microarchitecture.Translation SKYLAKE = translation("skylake");
    private static final long KIB_4 = 4096;
    private static final long MIB_2 = 2L << 20;
    private static final long GIB_1 = 1L << 30;
    private static final int LINE = 7;

    private final List<Long> lines = new ArrayList<>();
    private Translations translations = new Translations(ZEN4, this::read);
    private long clock = 1000;

    private static Microarchitecture.Translation translation(final String make) {
        return Microarchitecture.named(make).hardware().orElseThrow().translation();
    }

    private long read(final long line, final long cycle) {
        lines.add(line);
        return cycle + LINE;
    }

    private void learn(final long page, final long size, final boolean global, final int space) {
        final int levels = size == KIB_4 ? 4 : size == MIB_2 ? 3 : 2;
        final long[] entries = new long[levels];
        for (int i = 0; i < levels; i++) {
            final long table = 1000L + 100 * i + (page >> 9 * (4 - i)) + space * 10_000;
            entries[i] = table << 12 | (page >> 9 * (3 - i) & 511) * 8;
        }
        translations.learn(new Translation(page, page + 7, size, global, space, 0, entries));
    }

    private void learn(final long page) {
        learn(page, KIB_4, false, 0);
    }

    /** {@return what the translation of a data access adds, long after the one before} */
    private long data(final long page) {
        clock += 10_000;
        return translations.data(page, page + 7, clock) - clock;
    }

    private long code(final long page) {
        clock += 10_000;
        return translations.code(page, clock) - clock;
    }

    private void drop(final TranslationDrop what, final long value) {
        translations.willDrop(what, value);
        translations.dropNext();
    }

    private static long walk(final int entries) {
        return ZEN4.l2().latency() + (long) entries * (LINE + ZEN4.step());
    }

    @Test
    void walkReadsEachEntryOfThePageThroughTheCaches() {
        learn(5);
        assertEquals(walk(4), data(5));
        assertEquals(List.of(1000L << 6, 1100L << 6, 1200L << 6, 1300L << 6), lines);
        assertEquals(0, data(5), "and then it is known");
    }

    @Test
    void walkBeginsBehindTheLowestEntryThatIsRemembered() {
        learn(5);
        learn(6);
        learn(5 + 512);
        data(5);
        assertEquals(walk(1), data(6), "in the same page table");
        assertEquals(walk(2), data(5 + 512), "in the same page directory");
    }

    @Test
    void pageThatNobodyToldOfCostsNothing() {
        assertEquals(0, data(5));
        translations.learn(new Translation(6, 6, KIB_4, false, 0, 0, new long[0]));
        assertEquals(0, data(6), "there is no paging");
        assertEquals(0, translations.data(Long.MIN_VALUE, 3, clock) - clock, "an access of the CPU's own");
        assertTrue(lines.isEmpty());
    }

    @Test
    void accessWhileThePageIsBeingWalkedWaitsForTheSameWalk() {
        learn(5);
        learn(6);
        final long first = translations.data(5, 12, 1000);
        translations.data(6, 13, 1000);
        final int read = lines.size();
        assertEquals(first, translations.data(5, 12, 1003));
        assertEquals(read, lines.size());
    }

    @Test
    void firstTlbHoldsAsManyPagesAsTheFileSaysAndTheSecondTheRest() {
        final int entries = ZEN4.l1d().entries4k();
        for (int page = 0; page <= entries; page++) {
            learn(page);
            data(page);
        }
        for (int page = 2; page <= entries; page++) {
            assertEquals(0, data(page), "page=" + page);
        }
        assertEquals(ZEN4.l2().latency(), data(0), "the least recently used one is in the second only");
        assertEquals(ZEN4.l2().latency(), data(1));
        assertEquals(ZEN4.l2().latency(), data(2), "which moved out for it");
    }

    @Test
    void manyPagesOverflowTheSecondTlbAndWalkAgain() {
        final int pages = ZEN4.l2().entries4k() + 512;
        for (int round = 0; round < 2; round++) {
            lines.clear();
            for (int page = 0; page < pages; page++) {
                learn(page);
                data(page);
            }
            assertTrue(lines.size() >= pages, "round=" + round + " reads=" + lines.size());
        }
    }

    @Test
    void largePageTakesOneEntryHoweverMuchOfItIsUsed() {
        for (int part = 0; part < 512; part++) {
            learn(512 + part, MIB_2, false, 0);
            assertEquals(part == 0 ? walk(3) : 0, data(512 + part), "part=" + part);
        }
        assertEquals(3, lines.size());
        learn(1L << 18, GIB_1, false, 0);
        learn((1L << 18) + 77_777, GIB_1, false, 0);
        assertEquals(walk(1), data(1L << 18), "its PML4 entry is known");
        assertEquals(0, data((1L << 18) + 77_777));
    }

    @Test
    void sizesHaveTlbsOfTheirOwnWhereTheFileSaysSo() {
        translations = new Translations(SKYLAKE, this::read);
        learn(512, MIB_2, false, 0);
        data(512);
        for (int page = 2048; page < 2048 + 2 * SKYLAKE.l1d().entries4k(); page++) {
            learn(page);
            data(page);
        }
        assertEquals(0, data(512), "small pages do not push a large one out");
        assertEquals(SKYLAKE.l2().latency(), data(2048));
    }

    @Test
    void codeHasAFirstTlbOfItsOwn() {
        learn(5);
        data(5);
        assertEquals(walk(1) - ZEN4.l2().latency() + ZEN4.l2i().latency(), code(5), "nor is the second one shared");
        assertEquals(12, translations.frame());
        assertEquals(0, code(5));
        assertEquals(0, code(9));
        assertEquals(Long.MIN_VALUE, translations.frame(), "nobody told where that is");
    }

    @Test
    void globalPagesSurviveAWriteOfCr3AndOthersDoNot() {
        learn(5, KIB_4, true, 0);
        learn(6);
        data(5);
        data(6);
        drop(TranslationDrop.SPACE, 0x1000);
        learn(5, KIB_4, true, 0);
        learn(6);
        assertEquals(0, data(5));
        assertEquals(walk(4), data(6), "what was remembered of the upper levels is gone as well");
        drop(TranslationDrop.ALL, 0);
        assertEquals(walk(4), data(5));
    }

    @Test
    void identifiersKeepTheTranslationsOfOtherSpaces() {
        learn(5, KIB_4, false, 1);
        data(5);
        drop(TranslationDrop.SPACE, 2);
        learn(5, KIB_4, false, 2);
        assertEquals(walk(4), data(5), "the same address in another space");
        drop(TranslationDrop.NONE, 1);
        learn(5, KIB_4, false, 1);
        assertEquals(0, data(5), "bit 63 keeps what was known");
        drop(TranslationDrop.SPACE, 2);
        learn(5, KIB_4, false, 2);
        assertEquals(walk(4), data(5), "without it the space begins anew");
        drop(TranslationDrop.NONE, 1);
        learn(5, KIB_4, false, 1);
        assertEquals(0, data(5), "and others do not");
    }

    @Test
    void extendedTablesHaveTranslationsOfTheirOwnThatASwitchKeeps() {
        final long[] entries = {1 << 12, 2 << 12, 3 << 12, 4 << 12};
        for (int turn = 0; turn < 2; turn++) {
            for (final long extended : new long[] {0x1000, 0x2000}) {
                translations.learn(new Translation(5, 12, KIB_4, false, 0, extended, entries));
                assertEquals(turn == 0 ? walk(4) : 0, data(5), "turn=" + turn + " tables=" + extended);
            }
        }
        drop(TranslationDrop.PAGE, 5 << 12);
        for (final long extended : new long[] {0x1000, 0x2000}) {
            translations.learn(new Translation(5, 12, KIB_4, false, 0, extended, entries));
            assertEquals(walk(4), data(5), "INVLPG is about all of them");
        }
    }

    @Test
    void onePageIsForgottenBySizeSpaceAndGlobal() {
        learn(5, KIB_4, true, 1);
        learn(6, KIB_4, false, 1);
        learn(512, MIB_2, false, 1);
        List.of(5L, 6L, 512L).forEach(this::data);
        drop(TranslationDrop.PAGE, 5 << 12);
        drop(TranslationDrop.PAGE, 700 << 12);
        assertEquals(walk(4), data(5), "global or not");
        assertEquals(0, data(6));
        assertEquals(walk(1), data(512), "any part of it forgets a large page, the upper levels have been read again");
    }

    @Test
    void newTranslationTellsNothingThatCostsUnlessItChanges() {
        learn(5);
        data(5);
        learn(5);
        assertEquals(0, data(5));
    }

    @Test
    void pagesBeyondTheMostAreNeverLearntHoweverOftenTheyAreTold() {
        for (int page = 0; page < KnownPages.MOST; page++) {
            learn(page);
        }
        final long beyond = KnownPages.MOST + 5L;
        learn(beyond);
        assertEquals(0, data(beyond));
        assertEquals(walk(4), data(0), "the first is known");
        learn(beyond);
        learn(1);
        assertEquals(0, data(beyond));
        assertEquals(walk(1), data(1));
    }

    @Test
    void spacesBeyondTheMostAreOneThatAnyDropDrops() {
        final Spaces spaces = new Spaces();
        for (int i = 0; i < Spaces.MOST + 100; i++) {
            assertEquals(Math.min(i, Spaces.MOST - 1), spaces.number(i % 4096, i / 4096, false));
        }
        assertEquals(Spaces.MOST, spaces.size());
        assertEquals(3, spaces.number(3, 0, false), "a known one keeps its number");
        final int others = spaces.tag(Spaces.MOST - 1);
        final int known = spaces.tag(4);
        spaces.drop(3);
        assertTrue(spaces.isDead(others) && !spaces.isDead(known));
        assertTrue(spaces.isOf(Spaces.MOST - 1, 77));
    }

    @Test
    void placesOfDroppedTranslationsAreTakenFirst() {
        final int entries = ZEN4.l1d().entries4k();
        for (int page = 0; page < entries; page++) {
            learn(page, KIB_4, page < 8, 0);
            data(page);
        }
        drop(TranslationDrop.SPACE, 0);
        for (int page = 100; page < 100 + entries - 8; page++) {
            learn(page);
            data(page);
        }
        for (int page = 0; page < 8; page++) {
            learn(page, KIB_4, true, 0);
            assertEquals(0, data(page), "global, and oldest of all: page=" + page);
        }
    }

    @Test
    void walksBeyondThoseAtATimeWait() {
        final int walks = ZEN4.walks();
        for (int i = 0; i <= walks; i++) {
            learn((long) i << 27);
        }
        final long first = translations.data(0, 7, 1000);
        for (int i = 1; i < walks; i++) {
            assertEquals(first, translations.data((long) i << 27, ((long) i << 27) + 7, 1000), "walk=" + i);
        }
        assertEquals(first + walk(4) - ZEN4.l2().latency(),
                translations.data((long) walks << 27, ((long) walks << 27) + 7, 1000));
    }
}
