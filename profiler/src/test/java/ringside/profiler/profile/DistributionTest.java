package ringside.profiler.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionTest {
    @Test
    void ofNothingAllIsNothing() {
        assertEquals(new Distribution(0, 0, 0, 0, 0, 0, 0), Distribution.of());
        assertEquals(0, Distribution.of().average());
    }

    @Test
    void smallNumbersAreExact() {
        final long[] values = new long[200];
        Arrays.setAll(values, i -> 2000 - i);
        assertEquals(new Distribution(200, 380_100, 1801, 1900, 1980, 1998, 2000), Distribution.of(values));
        assertEquals(1901, Distribution.of(values).average());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void percentilesAreWithinAThousandthAndInsideTheExtremes(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final long[] values = random.longs(1 + random.nextInt(500), 0, 10_000_000).toArray();
        final Distribution all = Distribution.of(values);
        Arrays.sort(values);
        assertEquals(values[0], all.min());
        assertEquals(values[values.length - 1], all.max());
        assertEquals(Arrays.stream(values).sum(), all.sum());
        near(values, 50, all.p50());
        near(values, 90, all.p90());
        near(values, 99, all.p99());
        assertTrue(all.min() <= all.p50() && all.p50() <= all.p90() && all.p90() <= all.p99()
            && all.p99() <= all.max());
    }

    private static void near(final long[] sorted, final int percent, final long found) {
        final long exact = sorted[Math.max(0, (sorted.length * percent + 99) / 100 - 1)];
        assertTrue(found >= exact && found <= exact + exact / 1000 + 1, percent + " %: " + found + ", is " + exact);
    }
}
