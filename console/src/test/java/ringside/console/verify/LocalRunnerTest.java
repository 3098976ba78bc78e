package ringside.console.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.console.cli.TinyGuests;
import ringside.emulator.input.InputEntry;
import ringside.emulator.input.InputLog;
import ringside.emulator.machine.MachineConfig;
import ringside.toolchain.image.GuestImage;

/** Two runs that really differ: one key, late. */
class LocalRunnerTest {
    private static final long INTERVAL = 100_000;
    private static final long BUDGET = 10_000_000;

    @TempDir
    private Path directory;

    private Scenario typing(final String late) throws IOException {
        final GuestImage image = GuestImage.read(
            TinyGuests.write(directory.resolve("echo.elf"), TinyGuests::echo));
        return new Scenario(image, MachineConfig.standard().withMemory(4 << 20), new InputLog(List.of(
            new InputEntry(200_000, false, new byte[] {'a'}),
            new InputEntry(2_000_000, false, late.getBytes()))), BUDGET, INTERVAL);
    }

    private static Verdict verify(final Scenario one, final Scenario other) {
        try (Runner first = new LocalRunner(one); Runner second = new LocalRunner(other)) {
            return new Verification(first, second, INTERVAL, BUDGET, steps -> { }).run();
        }
    }

    @Test
    void theSameInputIsTheSameRun() throws IOException {
        final Verdict verdict = verify(typing("q"), typing("q"));
        assertTrue(verdict.agrees());
        assertEquals("the guest exited with code 0", verdict.last().result());
        assertEquals(2, verdict.last().serialBytes());
    }

    @Test
    void anotherKeyIsFoundWhereItComesIn() throws IOException {
        final Verdict verdict = verify(typing("q"), typing("r"));
        assertFalse(verdict.agrees());
        assertTrue(verdict.narrowed());
        assertTrue(verdict.last().cycles() <= 2_100_000 && verdict.first().cycles() >= 2_000_000,
            verdict.last().cycles() + " to " + verdict.first().cycles());
        assertTrue(verdict.first().steps() - verdict.last().steps() < 20,
            verdict.last().steps() + " to " + verdict.first().steps());
        assertTrue(verdict.differences().contains("platform"), verdict.differences().toString());
    }

    @Test
    void aProcessThatEndsIsSaid() {
        final IllegalStateException ended = assertThrows(IllegalStateException.class,
            () -> new ChildRunner(List.of("/bin/sh", "-c", "exit 3")));
        assertEquals("the second run's process ended: exit status 3", ended.getMessage());
    }
}
