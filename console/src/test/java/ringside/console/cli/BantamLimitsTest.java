package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What Bantam cannot do is told before it tries, with what it needs. */
class BantamLimitsTest {
    private static void assertRefused(final String message, final String... arguments) {
        assertEquals(new CommandRun(2, "", "ringside: " + message + System.lineSeparator()),
            CommandRun.of(arguments));
    }

    @Test
    void aCommandLineIsAsLongAsBantamReads() {
        assertRefused("--append: Bantam reads 255 bytes at most: length=256", "run", "--append", "x".repeat(256));
        assertTrue(CommandRun.of("run", "--append", "x".repeat(255)).out().contains("there is no program xxx"));
    }

    @Test
    void ramIsAsLittleAsItIsSaid() {
        assertRefused("--memory: Bantam needs 6M at least", "run", "--memory", "4M", "--append", "shell");
        assertRefused("--memory: Bantam's demonstration needs 16M at least", "run", "--memory", "8M");
        assertRefused("--memory: Bantam's demonstration needs 16M at least", "run", "--memory", "8M", "--append",
            "shell demo");
        assertEquals(0, CommandRun.of("run", "--memory", "16M").code());
        assertTrue(CommandRun.of("run", "--memory", "6M", "--append", "nobody").out().contains("no program nobody"));
    }

    @Test
    void anEntryOf32BitsIsNotTakenFor64() {
        final CommandRun run = CommandRun.of("run", "--boot", "elf64", "--budget", "1000000");

        assertEquals(2, run.code());
        assertEquals("", run.out());
        assertTrue(run.err().contains("the file's entry is that of multiboot2, which is 32-bit code"), run.err());
    }

    @Test
    void examplesOfCommandsFitIntoATerminal() {
        for (final String command : List.of("bench", "run", "disasm", "verify", "profile", "calibrate")) {
            final String help = CommandRun.of(command, "--help").out();
            final int from = help.indexOf("Examples:");
            help.substring(Math.max(from, 0)).lines().skip(1).filter(_ -> from >= 0).forEach(line ->
                assertTrue(line.startsWith("  ringside ") && line.length() <= 80, command + " wraps: " + line));
        }
    }
}
