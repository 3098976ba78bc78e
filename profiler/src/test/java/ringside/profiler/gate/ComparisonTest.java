package ringside.profiler.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import ringside.profiler.gate.Limits.NamePattern;
import ringside.profiler.gate.MetricChange.Fate;

class ComparisonTest {
    private static Fate fate(final GatePolicy policy, final String metric, final Long before, final Long after) {
        final Comparison comparison = Comparison.of(
                Paths.all(Paths.path("p", before == null ? Map.of() : Map.of(metric, before))),
                Paths.all(Paths.path("p", after == null ? Map.of() : Map.of(metric, after))), policy);
        final MetricChange change = comparison.paths().getFirst().metrics().getFirst();
        assertEquals(change.fate().fails(), comparison.fails());
        return change.fate();
    }

    @Test
    void oneMoreFailsAndOneLessDoesNot() {
        assertEquals(Fate.SAME, fate(GatePolicy.STRICT, "instructions", 62L, 62L));
        assertEquals(Fate.WORSE, fate(GatePolicy.STRICT, "instructions", 62L, 63L));
        assertEquals(Fate.BETTER, fate(GatePolicy.STRICT, "instructions", 62L, 61L));
    }

    @Test
    void aGainFailsWhereItHasToBeRecorded() {
        assertEquals(Fate.UNRECORDED,
                fate(new GatePolicy(Limits.EXACT, List.of(), List.of(), true), "instructions", 62L, 61L));
    }

    @Test
    void aNumberOfWhichNeitherMoreNorLessIsBetterMayNotChange() {
        for (final String metric : List.of("rounds", "disturbed", "counter.wakes", "counter.wakes.max")) {
            assertEquals(Fate.OTHER, fate(GatePolicy.STRICT, metric, 3L, 2L), metric);
            assertEquals(Fate.OTHER, fate(GatePolicy.STRICT, metric, 3L, 4L), metric);
        }
    }

    @Test
    void aMissingOrANewNumberFailsUnlessItIsDeclared() {
        assertEquals(Fate.NEW, fate(GatePolicy.STRICT, "lines", null, 1L));
        assertEquals(Fate.MISSING, fate(GatePolicy.STRICT, "lines", 1L, null));
        for (final String pattern : List.of("p", "p lines", "* lines", "*")) {
            final GatePolicy policy = new GatePolicy(
                    Limits.EXACT, List.of(NamePattern.of(pattern)), List.of(NamePattern.of(pattern)), false);
            assertEquals(Fate.NEW_DECLARED, fate(policy, "lines", null, 1L), pattern);
            assertEquals(Fate.MISSING_DECLARED, fate(policy, "lines", 1L, null), pattern);
        }
        assertEquals(Fate.NEW, fate(new GatePolicy(Limits.EXACT, List.of(NamePattern.of("p reads")), List.of(), false),
                "lines", null, 1L));
    }

    @Test
    void anotherVersionOfAModelFailsAndSaysSo() {
        final Measurements now = Paths.all(Paths.path("p", Map.of("settled.zen4", 5L)));
        final Comparison comparison = Comparison.of(
                new Measurements(new TreeMap<>(Map.of("zen4", "zen4-1")), now.paths()), now, GatePolicy.STRICT);

        assertTrue(comparison.fails());
        assertEquals(Map.of("zen4", "zen4-1 -> zen4-2"), comparison.models());
        assertFalse(comparison.paths().getFirst().fails(), "and nothing else does");
    }

    @Test
    void whatDoesNotFailDoesNotMakeAPathWorse() {
        final GatePolicy policy = new GatePolicy(new Limits(List.of(new Limits.Rule(NamePattern.ALL,
                NamePattern.of("lines"), Limit.ANY))), List.of(), List.of(), false);
        final Comparison comparison = Comparison.of(
                Paths.all(Paths.path("a", Map.of("instructions", 100L, "lines", 1L)),
                        Paths.path("b", Map.of("instructions", 10L)), Paths.path("c", Map.of("rounds", 10L))),
                Paths.all(Paths.path("a", Map.of("instructions", 101L, "lines", 9L)),
                        Paths.path("b", Map.of("instructions", 11L)), Paths.path("c", Map.of("rounds", 5L))), policy);

        assertEquals(List.of("c", "b", "a"), comparison.failures().stream().map(PathChange::name).toList());
    }

    @Test
    void aPathThatCouldNotBeMeasuredFailsWhateverMayBeGoneAndIsFirst() {
        final GatePolicy policy =
                new GatePolicy(Limits.EXACT, List.of(NamePattern.ALL), List.of(NamePattern.ALL), false);
        final Comparison comparison = Comparison.of(
                Paths.all(Paths.path("a", Map.of("lines", 1L)), Paths.path("b", Map.of("lines", 1L))),
                Paths.all(Paths.path("a", Map.of("lines", 2L))), policy, Map.of("b", "gone", "c", "never taken"));

        assertTrue(comparison.fails());
        assertEquals(List.of("b", "c", "a"), comparison.failures().stream().map(PathChange::name).toList());
        assertEquals(Optional.of("never taken"), comparison.failures().get(1).problem());
    }

    @Test
    void theWorstIsFirst() {
        final Comparison comparison = Comparison.of(
                Paths.all(Paths.path("a", Map.of("instructions", 100L)), Paths.path("b", Map.of("instructions", 10L)),
                        Paths.path("c", Map.of("instructions", 10L))),
                Paths.all(Paths.path("a", Map.of("instructions", 105L)), Paths.path("b", Map.of("instructions", 12L)),
                        Paths.path("c", Map.of("instructions", 10L))), GatePolicy.STRICT);

        assertEquals(List.of("b", "a"), comparison.failures().stream().map(PathChange::name).toList());
    }
}
