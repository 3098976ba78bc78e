package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Standard input is what a guest's serial port hears, without a word about it. */
class StandardInputTest {
    private static final String[] SHELL = {"run", "--count", "--append", "shell"};

    @TempDir
    private Path directory;

    private static InputStream text(final String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A stream that nobody may read. */
    private static InputStream untouched() {
        return new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("the guest does not wait for input");
            }

            @Override
            public int available() {
                throw new AssertionError("the guest does not look for input");
            }
        };
    }

    @Test
    void theShellHearsWhatIsTyped() {
        final CommandRun run = CommandRun.typing(text("echo hello\nexit\n"), SHELL);

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("> echo hello\nhello\n> exit\n"), run.out());
    }

    @Test
    void theSameBytesMakeTheSameRunWheneverTheyCome() {
        final String lines = "echo hello\nticks\nexit\n";
        final CommandRun late = CommandRun.typing(new ByteArrayInputStream(lines.getBytes(StandardCharsets.US_ASCII)) {
            @Override
            public synchronized int available() {
                return 0;
            }
        }, SHELL);

        assertEquals(CommandRun.typing(text(lines), SHELL), late);
    }

    @Test
    void aGuestThatWaitsForMoreThanThereIsSaysSo() {
        final CommandRun run = CommandRun.typing(text("echo hello\n"), "run", "--append", "shell");

        assertEquals(1, run.code());
        assertTrue(run.out().endsWith("hello\n> "), run.out());
        assertTrue(run.err().startsWith(
            "ringside: the guest waits for input at COM1, and no more comes: the guest halted for ever at rip="),
            run.err());
    }

    @Test
    void aGuestThatLooksAgainAndAgainHearsToo() throws Exception {
        final String guest = TinyGuests.write(directory.resolve("echo.elf"), TinyGuests::echo).toString();

        final CommandRun run = CommandRun.typing(text("hello q"), "run", guest);

        assertEquals(0, run.code(), run.err());
        assertEquals("ifmmp!r", run.out());
    }

    @Test
    void nobodyWaitsForAPersonWhereTheGuestDoesNot() {
        assertEquals(CommandRun.of("run", "--append", "nothing"),
            CommandRun.typing(untouched(), "run", "--append", "nothing"));
    }

    @Test
    void thePromptIsThereBeforeAnybodyIsWaitedFor() {
        final ByteArrayOutputStream seen = new ByteArrayOutputStream();
        final InputStream typed = new InputStream() {
            private final InputStream exit = text("exit\n");
            private boolean asked;

            @Override
            public int read() throws java.io.IOException {
                assertTrue(asked || seen.toString(StandardCharsets.US_ASCII).endsWith("> "), seen::toString);
                asked = true;
                return exit.read();
            }
        };
        final PrintStream out = new PrintStream(new java.io.BufferedOutputStream(seen, 1 << 16), false,
            StandardCharsets.UTF_8);
        final Terminal terminal = new Terminal(typed, out, System.err, false, false, false, 80);

        assertEquals(0, Main.run(terminal, "run", "--append", "shell"));
    }
}
