package ringside.profiler.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** What predictors learn, and what nobody can. */
class PredictorsTest {
    private static final long BRANCH = 0xFFFF_FFFF_8010_0042L;

    private static BranchPredictor predictor() {
        return new BranchPredictor(4096, 1024, 11, 8, 20, 50, 130);
    }

    /** Mistakes in the second half of so many branches. */
    private static int mistakes(final int branches, final IntPredicate outcome) {
        final BranchPredictor predictor = predictor();
        int mistakes = 0;
        for (int i = 0; i < branches; i++) {
            final boolean right = predictor.branch(BRANCH, outcome.test(i));
            mistakes += right || i < branches / 2 ? 0 : 1;
        }
        return mistakes;
    }

    @Test
    void branchThatAlwaysGoesOneWayIsLearntAtOnce() {
        assertEquals(0, mistakes(100, i -> true));
        assertEquals(0, mistakes(100, i -> false));
    }

    @Test
    void patternsAreLearntByHistory() {
        assertEquals(0, mistakes(2000, i -> (i & 1) == 0));
        assertEquals(0, mistakes(4000, i -> i % 7 == 0));
        assertTrue(mistakes(20_000, i -> i % 20 == 0) < 20);
    }

    @Test
    void chanceIsMissedHalfTheTime() {
        final Random random = new Random(4);
        final int mistakes = mistakes(20_000, i -> random.nextBoolean());
        assertTrue(mistakes > 4000 && mistakes < 6000, "mistakes=" + mistakes);
    }

    @Test
    void returnGoesBehindItsCallWhileTheStackIsDeepEnough() {
        final ReturnStack stack = new ReturnStack(4);
        for (int i = 1; i <= 5; i++) {
            stack.call(i);
        }
        for (int i = 5; i > 1; i--) {
            assertEquals(i, stack.returns());
        }
        assertEquals(0, stack.returns(), "the oldest was lost");
    }

    @Test
    void indirectTargetIsKnownByThePathThatLedThere() {
        final TargetPredictor predictor = new TargetPredictor(1024);
        int mistakes = 0;
        for (int i = 0; i < 1000; i++) {
            final long way = 0x1000 + 0x40 * (i % 3);
            predictor.taken(way);
            final boolean right = predictor.branch(BRANCH, 0x9000 + 0x100 * (i % 3));
            predictor.taken(0x9000 + 0x100 * (i % 3));
            mistakes += right || i < 500 ? 0 : 1;
        }
        assertEquals(0, mistakes);
    }

    @Test
    void storeIsFoundByALoadThatOverlapsItUntilItIsInTheCache() {
        final RecentStores stores = new RecentStores();
        stores.add(0x1004, 4, 7, 20, false);
        final int entry = stores.find(0x1004, 4, 10);
        assertTrue(entry >= 0 && stores.covers(entry, 0x1006, 2));
        assertFalse(stores.covers(entry, 0x1000, 8));
        assertEquals(7, stores.data(entry));
        assertEquals(-1, stores.find(0x1000, 4, 10), "other bytes");
        assertEquals(-1, stores.find(0x1004, 4, 20), "in the cache");
        stores.add(0x2006, 4, 8, 30, false);
        assertTrue(stores.find(0x2008, 2, 9) >= 0, "a store over a boundary is in both places");
    }

    @Test
    void directoryNamesWhoHasALine() {
        final Directory directory = new Directory();
        assertEquals(0, directory.write(0, 5));
        assertEquals(0, directory.read(1, 5), "core 0 has to give it up");
        assertEquals(Directory.FREE, directory.read(2, 5));
        assertEquals(0b101, directory.write(1, 5), "two others have to forget it");
        assertEquals(0, directory.write(1, 5));
    }

    @Test
    void longPatternInALoopIsLearntInFewPasses() {
        final BranchPredictor predictor = new BranchPredictor(8192, 4096, 11, 3, 9, 27, 60, 130, 300);
        final java.util.Random random = new java.util.Random(5);
        final boolean[] pattern = new boolean[256];
        for (int i = 0; i < pattern.length; i++) {
            pattern[i] = random.nextBoolean();
        }
        int wrong = 0;
        for (int pass = 0; pass < 20; pass++) {
            for (final boolean taken : pattern) {
                final boolean right = predictor.branch(0x1013, taken);
                predictor.branch(0x1020, true);
                wrong += pass >= 10 && !right ? 1 : 0;
            }
        }
        assertTrue(wrong < 10, "wrong=" + wrong);
    }

    @Test
    void exitOfALongerLoopIsCorrectedLater() {
        assertEquals(0, latenessOfExit(2));
        assertEquals(1, latenessOfExit(12));
        assertEquals(2, latenessOfExit(50));
    }

    private static int latenessOfExit(final int rounds) {
        final BranchPredictor predictor = new BranchPredictor(8192, 4096, 11, 3, 9, 27, 60, 130, 300);
        int late = 0;
        for (int pass = 0; pass < 400; pass++) {
            for (int i = 1; i < rounds; i++) {
                predictor.branch(0x1013, true);
            }
            predictor.branch(0x1013, false);
            late = predictor.late();
            predictor.branch(0x1020, true);
        }
        return late;
    }

    @Test
    void longOperationsThatWereSentLaterTakeGapsAndNoTimeTwice() {
        final LongUnit unit = new LongUnit();
        for (final long start : new long[] {0, 20, 40}) {
            assertEquals(start, unit.gap(start, 6));
            unit.take(start, 6);
        }
        assertEquals(6, unit.gap(0, 6));
        unit.take(6, 6);
        unit.take(unit.gap(6, 6), 6);
        assertEquals(26, unit.gap(14, 16));
    }

    @Test
    void twoStoresOfOneBlockGoToTheCacheTogetherAndCrossingOnesAlone() {
        final CommittedStores stores = new CommittedStores();
        assertEquals(5, stores.commit(0x1000, 8, 5));
        assertEquals(5, stores.commit(0x1010, 8, 4));
        assertEquals(6, stores.commit(0x1008, 8, 4));
        assertEquals(8, stores.commit(0x103c, 8, 4));
        assertEquals(9, stores.commit(0x1080, 16, 4));
        assertEquals(10, stores.commit(0x1090, 16, 4));
    }
}
