package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ringside.profiler.calibrate.CalibrationException;
import ringside.profiler.calibrate.Snippets;

/** The command without the host's clock: what it counts and says is the same everywhere. */
class CalibrateCommandTest {
    @Test
    void theListHasEverySnippetWithWhatItDoes() {
        final CommandRun run = CommandRun.of("calibrate", "--list");
        assertEquals(0, run.code(), run.err());
        assertEquals(Snippets.names(), run.out().lines().map(line -> line.split(" +")[0]).toList());
        assertTrue(run.out().contains("chain_add                 sixteen dependent adds\n"), run.out());
    }

    @Test
    void withoutTheHostThereAreCountsAndModels() {
        final CommandRun run = CommandRun.of("calibrate", "--emulated", "--snippet", "chain_add", "--snippet",
            "call_leaf");
        assertEquals(0, run.code(), run.err());
        assertEquals("", run.err(), "progress is for terminals");
        assertTrue(run.out().contains("\ncall_leaf                      5.00        -       -       5.00       -"),
            run.out());
        assertTrue(run.out().contains("\n  all of them: not measured\n"), run.out());
        assertTrue(run.out().contains("\nunit-1: nothing to compare\n"), run.out());
    }

    @Test
    void theJsonHasTheSameFigures() {
        final CommandRun run = CommandRun.of("calibrate", "--emulated", "--snippet", "chain_add", "--json");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().startsWith("{\n  \"schema\": 1,\n"), run.out());
        assertTrue(run.out().contains("\"name\": \"chain_add\",\n      \"pair\": \"add_order\",\n"
            + "      \"instructions\": 18.0,\n      \"dropped\": \"not measured\",\n"), run.out());
        assertTrue(run.out().contains("\"unit-1\": {\n          \"cycles\": 18.0\n        }"), run.out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--snippet=none|ringside: --snippet: there is no snippet of this name: snippet=none",
        "--samples=0|ringside: --samples=0: it is 1 to 10000",
        "--samples=10001|ringside: --samples=10001: it is 1 to 10000"})
    void aWrongOptionIsRefusedBeforeAnythingRuns(final String option, final String message) {
        assertEquals(new CommandRun(2, "", message + "\n"), CommandRun.of("calibrate", option));
    }

    @Test
    void aHostThatCannotBeMeasuredIsAFaultOfTheHostInOneLine() {
        assertEquals(new CommandRun(5, "", "ringside: the host is too noisy\n"),
            CommandRun.ofFailure(false, new CalibrationException("the host is too noisy")));
    }
}
