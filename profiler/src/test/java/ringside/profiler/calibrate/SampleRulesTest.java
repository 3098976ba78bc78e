package ringside.profiler.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which samples count, on made-up ones. */
class SampleRulesTest {
    private static final double TICKS_PER_CYCLE = 0.7;
    private static final double CANARY = 12.25;
    private static final SampleRules RULES = new SampleRules(CANARY);

    private static Sample sample(final double clockBefore, final double canaryBefore, final double canaryAfter,
            final double clockAfter) {
        return new Sample(ticks(TimerCode.CHAIN_CYCLES * clockBefore),
                ticks(TimerCode.CANARY_ROUNDS * CANARY * canaryBefore), ticks(500_000),
                ticks(TimerCode.CANARY_ROUNDS * CANARY * canaryAfter), ticks(TimerCode.CHAIN_CYCLES * clockAfter));
    }

    private static long ticks(final double cycles) {
        return Math.round(cycles * TICKS_PER_CYCLE);
    }

    @Test
    void ticksBecomeCoreCyclesByTheChain() {
        assertEquals(500_000, sample(1, 1, 1, 1).workCycles(), 50);
        assertEquals(250_000, sample(2, 1, 1, 2).workCycles(), 50);
    }

    @Test
    void aSampleCountsIfClockAndCanaryStayAsTheyAre() {
        assertTrue(RULES.accepts(sample(1, 1, 1, 1)));
        assertTrue(RULES.accepts(sample(1, 1.01, 0.99, 1.002)));
    }

    @Test
    void aClockThatMovesWithinASampleRejectsIt() {
        assertFalse(RULES.accepts(sample(1, 1, 1, 1.01)));
        assertFalse(RULES.accepts(sample(1.01, 1, 1, 1)));
    }

    @Test
    void aClockThatIsSlowerAllTheTimeIsNoReason() {
        assertTrue(RULES.accepts(sample(1.3, 1.3, 1.3, 1.3)));
    }

    @Test
    void aBusySiblingRejectsASampleOnEitherSide() {
        assertFalse(RULES.accepts(sample(1, 1.6, 1, 1)));
        assertFalse(RULES.accepts(sample(1, 1, 1.03, 1)));
        assertFalse(RULES.accepts(sample(1, 0.9, 1, 1)));
    }

    @Test
    void aSampleWithoutTimeDoesNotCount() {
        assertFalse(RULES.accepts(new Sample(0, 0, 0, 0, 0)));
    }

    @Test
    void theFastestCanariesAreTheUndisturbedOnes() {
        final List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            samples.add(sample(1, 1.7, 1.7, 1));
            samples.add(sample(1, 1, 1, 1.5));
        }
        for (int i = 0; i < 20; i++) {
            samples.add(sample(1, 1, 1, 1));
        }
        assertEquals(CANARY, SampleRules.of(samples).canary(), 0.01);
    }

    @Test
    void aHostOfWhichHardlyTwoSamplesAgreeIsRefused() {
        final List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            samples.add(sample(1, 1, 1, 1.5 + i));
        }
        assertEquals("the host is too noisy to measure anything: of 100 samples of the clock alone 0 are steady, and "
                + "fewer than 5 % agree",
                assertThrows(CalibrationException.class, () -> SampleRules.of(samples)).getMessage());
    }

    @Test
    void runsThatSpreadOverTwoPercentGiveNoFigure() {
        assertEquals(new NativeResult.Dropped("its runs spread over 3.0 %: 10.00 10.30 10.00 10.10 10.00", false),
                SampleRules.result(new double[] {10, 10.3, 10, 10.1, 10}, 250, 9));
    }

    @Test
    void theFigureIsTheMedianOfTheRuns() {
        assertEquals(new NativeResult.Measured(10, 0.125 / 10, 250, 9),
                SampleRules.result(new double[] {10.125, 10, 10, 10.0625, 10}, 250, 9));
        assertEquals(2.5, SampleRules.median(new double[] {4, 1, 2, 3}));
    }
}
