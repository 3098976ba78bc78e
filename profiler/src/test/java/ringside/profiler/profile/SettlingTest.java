package ringside.profiler.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class SettlingTest {
    private static long[] rounds(final int count, final IntToLongFunction cost) {
        final long[] cycles = new long[count];
        Arrays.setAll(cycles, cost);
        return cycles;
    }

    @Test
    void costThatStaysTheSameSettledWhereItBeganTo() {
        assertEquals(new Settling(64, 3, 1), Settling.of(rounds(64, i -> i < 3 ? 500 - i : 427)));
        assertEquals(new Settling(64, 0, 1), Settling.of(rounds(64, i -> 427)));
    }

    @Test
    void costThatAlternatesSettledWithItsPeriod() {
        assertEquals(new Settling(64, 5, 3), Settling.of(rounds(64, i -> i < 5 ? 900 : 400 + i % 3)));
    }

    @Test
    void costThatOnlyWaversIsSteady() {
        final SplittableRandom random = new SplittableRandom(1);
        final Settling settling = Settling.of(rounds(64, i -> i < 10 ? 2000 - i : 1000 + random.nextInt(5)));
        assertEquals(0, settling.period());
        // A window of eight has its lower median at rest from the fourth of its rounds that is.
        assertEquals(6, settling.after());
    }

    @Test
    void costThatRisesForEverHasNotSettled() {
        assertFalse(Settling.of(rounds(64, i -> 100L + i * i)).settled());
        assertFalse(Settling.of(rounds(15, i -> 100)).settled(), "too few rounds to tell");
        assertFalse(Settling.of().settled());
    }

    @Test
    void lastRoundsAreNoRestWhileTheyAreFew() {
        assertFalse(Settling.of(rounds(64, i -> i < 53 ? 100L + i * i : 427)).settled());
        assertEquals(new Settling(64, 48, 1), Settling.of(rounds(64, i -> i < 48 ? 100L + i * i : 427)));
    }
}
