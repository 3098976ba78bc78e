package ringside.profiler.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitTest {
    @ParameterizedTest
    @CsvSource({
        "exact,  100, 100, true", "exact, 100, 101, false", "exact, 100, 99, true",
        "+2,     100, 102, true", "+2,    100, 103, false",
        "1%,     200, 202, true", "1%,    200, 203, false", "1%, 199, 201, false", "1%, 199, 200, true",
        "0.25%,  400, 401, true", "0.25%, 399, 400, false",
        "1%|+2,  1000, 1002, true", "1%|+2, 1000, 1003, false", "1%|+2, 100, 102, false",
        "1%,     0, 1, false", "any, 0, 9223372036854775807, true",
        "+2,     -9223372036854775808, 9223372036854775807, false"})
    void allowsAsMuchMoreAsItSaysAndNotOneMore(
            final String limit, final long before, final long after, final boolean allowed) {
        assertEquals(allowed, Limit.parse(limit).allows(before, after));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "+", "-1", "1", "1 %", "%", "1.234%", "+2|+3", "1%|2%", "+1|", "exact|+1",
        "+99999999999999999"})
    void refusesWhatIsNoLimit(final String text) {
        final var refused = assertThrows(IllegalArgumentException.class, () -> Limit.parse(text));
        assertTrue(refused.getMessage().contains("is wanted"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"any", "+2", "1%", "0.25%", "1%|+2", "+0"})
    void saysWhatWasRead(final String text) {
        assertEquals(text, Limit.parse(text).toString());
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPatternOfManyStarsIsDecidedInBoundedTime() {
        assertFalse(Limits.NamePattern.of("a*".repeat(400) + "b").fits("a".repeat(400)));
        assertFalse(Limits.NamePattern.of("*".repeat(900) + "b").fits("a".repeat(400)));
        assertTrue(Limits.NamePattern.of("a*".repeat(400) + "b").fits("a".repeat(400) + "b"));
    }

    @Test
    void aPatternFitsWhatARegularExpressionDoes() {
        final Random random = new Random(8);
        int fits = 0;
        for (int i = 0; i < 20_000; i++) {
            final String pattern = letters(random, "ab*", 6);
            final String name = letters(random, "ab", 8);
            final boolean expected = name.matches(pattern.replace("*", ".*"));
            assertEquals(expected, Limits.NamePattern.of(pattern).fits(name), () -> pattern + " " + name);
            fits += expected ? 1 : 0;
        }
        assertTrue(fits > 1_000, "fits: " + fits);
    }

    private static String letters(final Random random, final String from, final int most) {
        return random.ints(random.nextInt(most + 1), 0, from.length()).mapToObj(i -> from.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    @Test
    void theLastRuleThatFitsCounts() {
        final Limits limits = new Limits(java.util.List.of(
                new Limits.Rule(Limits.NamePattern.ALL, Limits.NamePattern.of("settled.*"), Limit.parse("1%")),
                new Limits.Rule(Limits.NamePattern.of("calls/*/call"), Limits.NamePattern.ALL, Limit.parse("+2"))));

        assertEquals("1%", limits.of("calls/slow/reply", "settled.zen4").toString());
        assertEquals("+2", limits.of("calls/slow/call", "settled.zen4").toString());
        assertEquals(Limit.EXACT, limits.of("calls/slow/reply", "instructions"));
        assertFalse(Limits.NamePattern.of("a.c").fits("abc"), "a dot is a dot");
        assertTrue(Limits.NamePattern.of("a\\E*").fits("a\\Eb"), "nothing in a name is a pattern's");
    }
}
