package ringside.console.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerificationTest {
    private static final long END = 100_000;
    private static final int BLOCK = 7;

    /** A run whose state is another one from a step on; it stops at blocks, as a machine does. */
    private static final class Fake implements Runner {
        private final long wrongFrom;
        private final boolean onlyAtFirst;
        private final List<Long> asked = new ArrayList<>();
        private long steps;
        private long mark;
        private boolean wentBack;

        private Fake(final long wrongFrom, final boolean onlyAtFirst) {
            this.wrongFrom = wrongFrom;
            this.onlyAtFirst = onlyAtFirst;
        }

        @Override
        public void start(final long more) {
            asked.add(more);
            steps = Math.min(END, (steps + more + BLOCK - 1) / BLOCK * BLOCK);
        }

        @Override
        public Stand stand() {
            final boolean wrong = steps >= wrongFrom && !(onlyAtFirst && wentBack);
            return new Stand(steps, steps, steps == END ? "done" : "", 0, "", wrong ? "wrong" : "right",
                Map.of("RAM", "same", "cpu 0", wrong ? "b" : "a"));
        }

        @Override
        public void mark() {
            mark = steps;
        }

        @Override
        public void back() {
            steps = mark;
            wentBack = true;
        }

        @Override
        public Map<Integer, Long> pages() {
            return steps >= wrongFrom ? Map.of(1, 1L, 2, 2L, 9, 3L) : Map.of(1, 1L, 2, 7L);
        }

        @Override
        public void close() {
        }
    }

    private static Verdict verify(final Runner first, final Runner second) {
        return new Verification(first, second, 1000, END * 2, steps -> { }).run();
    }

    @Test
    void equalRunsAgreeToTheirEnd() {
        final List<Long> heard = new ArrayList<>();
        final Verdict verdict = new Verification(new Fake(Long.MAX_VALUE, false), new Fake(Long.MAX_VALUE, false),
            30_000, END * 2, heard::add).run();
        assertTrue(verdict.agrees());
        assertEquals("done", verdict.last().result());
        assertEquals(5, verdict.checks());
        assertEquals(List.of(30_002L, 60_004L, 90_006L, END), heard);
    }

    @Test
    void theBudgetEndsARunThatDoesNot() {
        final Fake first = new Fake(Long.MAX_VALUE, false);
        final Verdict verdict = new Verification(first, new Fake(Long.MAX_VALUE, false), 1000, 2500, s -> { }).run();
        assertTrue(verdict.agrees());
        assertEquals(List.of(0L, 1000L, 1000L, 498L), first.asked);
    }

    @Test
    void theFirstDifferentStopIsFoundToTheBlock() {
        for (final long wrong : new long[] {1, 7, 8, 999, 1000, 1001, 1002, 54_321, END}) {
            final Verdict verdict = verify(new Fake(Long.MAX_VALUE, false), new Fake(wrong, false));
            assertFalse(verdict.agrees());
            assertTrue(verdict.narrowed(), "wrong=" + wrong);
            assertTrue(verdict.last().steps() < wrong && wrong <= verdict.first().steps(), "wrong=" + wrong);
            assertTrue(verdict.first().steps() - verdict.last().steps() <= BLOCK, verdict.toString());
            assertEquals(List.of("cpu 0", "state"), verdict.differences());
            assertEquals(List.of(2, 9), verdict.pages());
        }
    }

    @Test
    void runsThatBeginApartAreApartAtStepZero() {
        final Verdict verdict = verify(new Fake(0, false), new Fake(Long.MAX_VALUE, false));
        assertFalse(verdict.agrees());
        assertEquals(0, verdict.first().steps());
    }

    @Test
    void aDifferenceThatDoesNotComeAgainIsSaidAsWideAsItIs() {
        final Verdict verdict = verify(new Fake(Long.MAX_VALUE, false), new Fake(54_321, true));
        assertFalse(verdict.agrees());
        assertFalse(verdict.narrowed());
        assertEquals(List.of("cpu 0", "state"), verdict.differences());
        assertEquals(List.of(), verdict.pages());
    }

    @Test
    void aStandNamesAllThatDiffers() {
        final Stand one = new Stand(1, 2, "", 3, "s", "h", Map.of("RAM", "r", "cpu 0", "c"));
        final Stand other = new Stand(2, 2, "done", 3, "t", "h", Map.of("RAM", "q", "cpu 1", "c"));
        assertEquals(List.of("RAM", "cpu 0", "cpu 1", "result", "serial text", "steps"), one.differences(other));
        assertEquals(List.of(), one.differences(one));
    }
}
