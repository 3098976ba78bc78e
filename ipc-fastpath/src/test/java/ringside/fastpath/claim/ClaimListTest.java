package ringside.fastpath.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ringside.fastpath.interleave.ScheduleClaim;
import ringside.fastpath.interleave.ScheduleReader;
import ringside.fastpath.lab.ClaimRule;
import ringside.fastpath.lab.Declaration;
import ringside.fastpath.lab.DeclarationReader;
import ringside.fastpath.lab.LabException;
import ringside.fastpath.lab.LabFiles;

/** The list of claims: what it may say, and that each row of the shipped one is decided. */
class ClaimListTest {
    /** Rows of the documents that are not in the list yet. */
    private static final int[] LATER = {47, 77, 92, 110};

    private static final String LEAST = """
            [source.a]
            name = "A"
            title = "A document"
            [row.1]
            source = "a"
            mechanism = "m"
            claim = "c"
            baseline = "-"
            """;

    private static List<Declaration> shipped() {
        return LabFiles.shipped().stream().map(name -> DeclarationReader.read(LabFiles.shipped(name))).toList();
    }

    private static Set<String> decided() {
        final Set<String> decided = new HashSet<>();
        shipped().forEach(one -> one.claims().stream().map(ClaimRule::rows).forEach(decided::addAll));
        LabFiles.schedules().stream().map(name -> ScheduleReader.read(LabFiles.findSchedule(name))).forEach(
                one -> one.claims().stream().map(ScheduleClaim::rows).forEach(decided::addAll));
        return decided;
    }

    @Test
    void theListHasEveryRowAboutMessagesWaitingRingsLocksAndSwitching() {
        final List<String> wanted = new ArrayList<>();
        for (int row = 1; row <= 91; row++) {
            if (row < 47 || row > 77) {
                wanted.add(String.valueOf(row));
            }
            if (row == 32) {
                wanted.addAll(List.of("32b", "32c"));
            }
        }
        assertEquals(wanted, ClaimList.shipped().rows().stream().map(ClaimRow::id).toList());
    }

    @Test
    void everyRowIsDecidedByARuleOrSaysWhyNoneCanDecideIt() {
        final Set<String> decided = decided();
        final Set<String> open = new TreeSet<>();
        for (final ClaimRow row : ClaimList.shipped().rows()) {
            if (row.undecidable().isPresent() == decided.contains(row.id())) {
                open.add(row.id());
            }
        }
        assertEquals(Set.of(), open, "rows with neither a rule nor a reason, or with both");
    }

    @Test
    void everyRowThatARuleNamesIsInTheDocuments() {
        final Set<String> unknown = new TreeSet<>(decided());
        ClaimList.shipped().rows().forEach(row -> unknown.remove(row.id()));
        for (int i = 0; i < LATER.length; i += 2) {
            for (int row = LATER[i]; row <= LATER[i + 1]; row++) {
                unknown.remove(String.valueOf(row));
            }
        }
        assertEquals(Set.of(), unknown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "source = \"a\"    | source = \"b\"               | row.1.source: no such source: b",
        "baseline = \"-\"  | verdict = \"reproduced\"     | row.1.baseline: missing",
        "baseline = \"-\"  | baseline = \"-\";verdict = 1 | row.1.verdict: unknown key",
        "[row.1]           | [row.one]                    | row.one: at most 256 rows, named by numbers, perhaps with a"
            + " letter",
        "[source.a]        | [sources.a]                  | source: missing",
        "[row.1]           | x = 1;[row.1]                | source.a.x: unknown key"})
    void whatIsNoListIsRefusedWithItsPlace(final String from, final String to, final String reason) {
        assertEquals("my.toml: " + reason, assertThrows(LabException.class, () ->
                ClaimList.read("my.toml", LEAST.replace(from, to.replace(';', '\n')))).getMessage());
    }

    @Test
    void aRowThatIsNotThereIsNotSilentlyLeftOut() {
        final ClaimList list = ClaimList.read("my.toml", LEAST);
        assertEquals(list, list.only(List.of()));
        assertTrue(assertThrows(LabException.class, () -> list.only(List.of("1", "2"))).getMessage()
                .endsWith("no such row: 2"));
    }
}
