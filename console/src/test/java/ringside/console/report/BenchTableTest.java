package ringside.console.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ringside.fastpath.experiment.PathKey;
import ringside.profiler.profile.DataFootprint;
import ringside.profiler.profile.PhaseShare;
import ringside.profiler.profile.WindowCounts;

class BenchTableTest {
    private static final PathKey CHOSEN = PathKey.parse("fast-asm/cross/0/call");

    static List<PathKey> paths() {
        return PathKey.all();
    }

    private static String golden(final String name) throws IOException {
        try (InputStream in = BenchTableTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theTableReadsLikeThis() throws IOException {
        assertEquals(golden("bench-table.txt"), BenchTable.of(SampleReport.report(), CHOSEN));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void everyPathFitsEightyColumnsOfPlainText(final PathKey path) {
        for (final String line : BenchTable.of(SampleReport.report(), path).split("\n")) {
            assertTrue(line.length() <= 80, line);
            assertEquals(line.stripTrailing(), line);
            assertTrue(line.chars().allMatch(c -> c >= ' ' && c < 127), line);
        }
    }

    @ParameterizedTest
    @MethodSource("paths")
    void theChosenPathsPhasesAddUpOnThePage(final PathKey path) {
        final List<String> lines = PhaseTable.of(SampleReport.report().get(path));
        assertTrue(lines.getFirst().contains(path.toString()), lines.getFirst());
        final List<Long> shares = lines.subList(2, lines.size()).stream()
                .map(line -> Long.parseLong(line.trim().split("\\s+")[1])).toList();
        assertEquals(shares.getLast(), shares.stream().mapToLong(Long::longValue).sum() - shares.getLast());
    }

    @Test
    void aResidueIsShownAsPlainlyAsAPhase() {
        final WindowCounts counts = new WindowCounts(
                10, 1, 10, 11, DataFootprint.UNOBSERVED, List.of(new PhaseShare("entry", 8, 8)), 2);
        final List<String> lines = PhaseTable.of(SampleReport.with(CHOSEN, counts, new TreeMap<>()));
        assertEquals("  residue            2       2   20.0 %  " + "#".repeat(9), lines.get(3));
    }

    @Test
    void differingNullSystemCallsEachGetTheirLine() {
        final PathKey slow = PathKey.parse("slow/null-syscall");
        final String text = BenchTable.of(SampleReport.report(m -> m.path().equals(slow)
                ? SampleReport.with(slow, SampleReport.report().get(CHOSEN).counts(), new TreeMap<>()) : m), CHOSEN);
        assertTrue(text.contains("null system call\n  fast-asm  "), text);
        assertFalse(BenchTable.of(SampleReport.report(), CHOSEN).contains("null system call\n"));
    }

    @Test
    void excludedRoundsAreNamed() {
        final String text = BenchTable.of(SampleReport.report(m -> m.path().equals(CHOSEN)
                ? SampleReport.with(CHOSEN, m.counts(), new TreeMap<>(Map.of("interrupt 32", 2))) : m), CHOSEN);
        assertTrue(text.contains("Excluded from fast-asm/cross/0/call: 2 with interrupt 32 inside.\n"), text);
        assertTrue(text.contains("46 or more times after 16 of warm-up"), text);
    }
}
