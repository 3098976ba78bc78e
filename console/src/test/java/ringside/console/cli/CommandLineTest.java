package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.emulator.engine.EngineException;

class CommandLineTest {
    @Test
    void withoutACommandItNamesTheThreeToTryFirst() {
        final CommandRun run = CommandRun.of();

        assertEquals(0, run.code());
        assertTrue(run.out().contains("Try these three first"), run.out());
        for (final String first : new String[] {"ringside bench", "ringside run", "ringside disasm"}) {
            assertTrue(run.out().contains(first), run.out());
        }
        assertEquals("", run.err());
    }

    @Test
    void versionIsTheModulesVersion() {
        final CommandRun run = CommandRun.of("--version");

        assertEquals(0, run.code());
        assertTrue(run.out().matches("ringside \\d+\\.\\d+\\.\\d+\\R"), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bnech", "--no-such-option"})
    void aWordItDoesNotKnowIsWrongUse(final String word) {
        final CommandRun run = CommandRun.of(word);

        assertEquals(2, run.code());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("ringside: ") && run.err().contains(word), run.err());
        assertFalse(run.err().contains("\tat "), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"frob --help", "--help frob", "frob --version", "frob -h"})
    void helpForACommandThatIsNoneIsWrongUse(final String words) {
        final CommandRun run = CommandRun.of(words.split(" "));

        assertEquals(2, run.code());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("ringside: Unmatched argument") && run.err().contains("'frob'"), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "run --help", "verify --help", "bench --help", "disasm --help"})
    void helpForACommandIsFine(final String words) {
        final CommandRun run = CommandRun.of(words.split(" "));

        assertEquals(0, run.code());
        assertTrue(run.out().contains("Usage"), run.out());
        assertEquals("", run.err());
    }

    @Test
    void helpIsPlainWhereNobodyAskedForColour() {
        assertFalse(CommandRun.of("--help").out().contains("\u001b"));
    }

    @Test
    void colourNeedsATerminalAndNoWordAgainstIt() {
        final Properties terminal = new Properties();
        terminal.setProperty("ringside.out", "terminal");

        assertTrue(Terminal.ofProcess(terminal, Map.of()).colour());
        assertTrue(Terminal.ofProcess(terminal, Map.of("NO_COLOR", "")).colour(), "an empty NO_COLOR says nothing");
        assertFalse(Terminal.ofProcess(terminal, Map.of("NO_COLOR", "1")).colour());
        assertFalse(Terminal.ofProcess(terminal, Map.of("TERM", "dumb")).colour());
        assertFalse(Terminal.ofProcess(new Properties(), Map.of()).colour());
    }

    @Test
    void aFailureIsOneLineAndItsTraceIsOnRequest() {
        final CommandRun run = CommandRun.ofFailure(false, new IllegalStateException("first\n  second"));
        final CommandRun debugged = CommandRun.ofFailure(true, new IllegalStateException("first\n  second"));

        assertEquals(5, run.code());
        assertEquals("ringside: a fault in Ringside or its host: first: second"
            + " (IllegalStateException; RINGSIDE_DEBUG=1 shows where)\n", run.err());
        assertTrue(debugged.err().contains("\tat "), debugged.err());
    }

    @Test
    void aFailedEngineIsAHostFaultInItsOwnWords() {
        final CommandRun run = CommandRun.ofFailure(false, new EngineException("uc_open", "no memory", 0));

        assertEquals(5, run.code());
        assertEquals("ringside: the CPU engine failed: operation=uc_open status=no memory rip=0x0\n", run.err());
    }

    @Test
    void aRefusedInputIsWrongUseInItsOwnWords() {
        final CommandRun run = CommandRun.ofFailure(false, new WrongUseException("--memory=3: whole pages only"));

        assertEquals(2, run.code());
        assertEquals("ringside: --memory=3: whole pages only\n", run.err());
    }
}
