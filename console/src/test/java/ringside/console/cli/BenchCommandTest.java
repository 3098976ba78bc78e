package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command on the real kernel and the real machine. */
class BenchCommandTest {
    private static final int REPEATS = 10;

    @Test
    void tenRunsPrintTheSameBytes() {
        final CommandRun first = CommandRun.of("bench", "--json");
        assertEquals(0, first.code(), first.err());
        assertEquals("", first.err());
        for (int i = 1; i < REPEATS; i++) {
            assertEquals(first, CommandRun.of("bench", "--json"));
        }
    }

    @Test
    void theTableFitsEightyColumnsAndShowsNoResidue() {
        final CommandRun run = CommandRun.of("bench", "--path", "slow/cross/4/round-trip");
        assertEquals(0, run.code(), run.err());
        assertEquals("", run.err(), "progress is for terminals");
        run.out().lines().forEach(line -> assertTrue(line.length() <= 80 && line.equals(line.stripTrailing()), line));
        assertTrue(run.out().contains("\nWhere the kernel instructions of slow/cross/4/round-trip go\n"), run.out());
        assertTrue(run.out().contains("\n  residue            0       0    0.0 %\n"), run.out());
    }

    @Test
    void theListingHasAsManyInstructionsAsTheTableSays() {
        final String path = "fast-generated/cross/0/call";
        final Matcher total = Pattern.compile("\n  kernel +(\\d+) ")
                .matcher(CommandRun.of("bench", "--path", path).out());
        assertTrue(total.find());
        final String listing = CommandRun.of("bench", "--annotate", "--path", path).out();
        final long listed = listing.lines().filter(line -> line.contains(" +0x")).count();
        assertEquals(Long.parseLong(total.group(1)) + 1, listed, "the kernel's and the client's SYSCALL");
        assertTrue(listing.contains("  je ipc_fast_call  "), listing);
        assertTrue(Pattern.compile("mov cr3, rcx +\\w+\\.java:\\d+\n").matcher(listing).find(), listing);
        assertTrue(Pattern.compile(" sysretq? +\\w+\\.java:\\d+\n$").matcher(listing).find(), listing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--path=fast/cross/0/call", "--words=1", "--path", "--model=z80"})
    void aWrongOptionIsRefusedBeforeAnythingRuns(final String option) {
        final CommandRun run = CommandRun.of("bench", option);
        assertEquals(2, run.code());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("ringside: "), run.err());
    }

    @Test
    void underModelsTheTableFitsEightyColumnsAndNamesThem() {
        final CommandRun run = CommandRun.of("bench", "--model=zen4", "--model=icelake", "--path=slow/same/4/call");
        assertEquals(0, run.code(), run.err());
        run.out().lines().forEach(line -> assertTrue(line.length() <= 80 && line.equals(line.stripTrailing()), line));
        assertTrue(run.out().contains("Cycles of model zen4-2. "), run.out());
        assertTrue(run.out().contains("Cycles of model icelake-2. "), run.out());
        assertTrue(run.out().contains("\nWhere the cycles of slow/same/4/call go\n"), run.out());
        assertTrue(Pattern.compile("\n  residue +0 +0 +0.0 % +0 +\\d+\n").matcher(run.out()).find(), run.out());
    }

    @Test
    void underAModelTheObjectIsTheSameEachTimeAndUnitIsTheBenchAsItIs() {
        final CommandRun first = CommandRun.of("bench", "--model=skylake", "--json");
        assertEquals(0, first.code(), first.err());
        assertTrue(first.out().contains("\"model\": \"skylake-2\""), first.out());
        assertEquals(first, CommandRun.of("bench", "--model=skylake", "--json"));
        assertEquals(CommandRun.of("bench"), CommandRun.of("bench", "--model=unit"));
    }

    @Test
    void underAModelTheListingAddsUpToWhatTheTableSays() {
        final String path = "slow/cross/4/call";
        final Matcher total = Pattern.compile("\n  whole +\\d+ +(\\d+) +100.0 % +(\\d+) ")
                .matcher(CommandRun.of("bench", "--model=zen4", "--path", path).out());
        assertTrue(total.find());
        final String listing = CommandRun.of("bench", "--model=zen4", "--annotate", "--path", path).out();
        listing.lines().forEach(line -> assertTrue(line.length() <= 80, line));
        final Matcher row = Pattern.compile("\\+0x[0-9a-f]+ +(\\d+) [A-Za-z0-9 ]{10} *(\\d+) ").matcher(listing);
        long settled = 0;
        long cold = 0;
        while (row.find()) {
            settled += Long.parseLong(row.group(1));
            cold += Long.parseLong(row.group(2));
        }
        assertEquals(total.group(1) + " " + total.group(2), settled + " " + cold);
    }

    @Test
    void oneFormAtATime() {
        final CommandRun run = CommandRun.of("bench", "--json", "--annotate");
        assertEquals(2, run.code());
        assertEquals("ringside: --json and --annotate: one at a time\n", run.err());
    }
}
