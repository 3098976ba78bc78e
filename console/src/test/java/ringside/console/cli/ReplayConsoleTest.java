package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.console.repl.Session;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.travel.Timeline;
import ringside.profiler.trace.Checkpoint;
import ringside.profiler.trace.Stretch;
import ringside.profiler.trace.Trace;
import ringside.toolchain.image.GuestImage;

/** The console on a recording. */
class ReplayConsoleTest {
    @TempDir
    private Path directory;

    private String shell() {
        final String trace = directory.resolve("shell.trace").toString();
        final CommandRun recorded = CommandRun.typing(
            new ByteArrayInputStream("echo hello\necho world\nexit\n".getBytes(StandardCharsets.US_ASCII)),
            "record", "--append=shell", "--memory=32M", "--smp=2", "--seed=5", "--checkpoint=200000", "-o", trace);
        assertEquals(0, recorded.code(), recorded.err());
        return trace;
    }

    private static CommandRun console(final String trace, final String... more) {
        return CommandRun.of(Stream.concat(Stream.of("replay", trace, "--console"), Stream.of(more))
            .toArray(String[]::new));
    }

    @Test
    void whatCameInComesInAgainForwardAndBack() {
        final String trace = shell();

        final CommandRun run = console(trace, "-e", "tbreak console \"world\"", "-e", "continue",
            "-e", "expect stop console", "-e", "bookmark there", "-e", "continue", "-e", "expect stop end",
            "-e", "expect console \"bantam: done\"", "-e", "goto there", "-e", "expect not console \"bantam: done\"",
            "-e", "tbreak console \"hello\"", "-e", "reverse-continue", "-e", "expect stop console",
            "-e", "goto end-of-recording", "-e", "expect console \"bantam: done\"");

        assertEquals(0, run.code(), run.err() + run.out());
    }

    @Test
    void itIsTheRunThatWasRecordedAtEveryCheckpoint() {
        final Trace trace = Trace.read(Path.of(shell()));
        final GuestOptions guest = GuestLine.of(trace, "", false);
        final MachineConfig config = guest.config();
        try (Session session = Session.open(config, guest.image(), guest.sources(), trace.input())) {
            final Timeline timeline = session.desk().guest().timeline();
            assertTrue(trace.stretches().size() > 3, "there are several");
            for (final Stretch stretch : trace.stretches().reversed()) {
                final Checkpoint end = stretch.end();
                timeline.go(end.steps());

                assertEquals(end.hash(), timeline.base().hash(), "at step " + end.steps());
            }
        }
    }

    @Test
    void itOpensAtAPlaceAndSaysHowFarTheRecordingGoes() {
        final String trace = shell();

        final CommandRun run = console(trace, "--to", "300000:0", "-e", "expect step == 300000");

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().startsWith("| bantam: first light") && run.out().contains("\n300000:"), run.out());
        assertTrue(run.err().matches("ringside: .*: recorded up to step \\d+, the bookmark end-of-recording\n"),
            run.err());
    }

    @Test
    void anotherImageIsRefusedAndSoAreOptionsOfTheComparison() throws IOException {
        final String good = TinyGuests.write(directory.resolve("good.elf"), code -> TinyGuests.count(code, 9))
            .toString();
        final String other = TinyGuests.write(directory.resolve("other.elf"), code -> TinyGuests.count(code, 8))
            .toString();
        final String trace = directory.resolve("good.trace").toString();
        assertEquals(0, CommandRun.of("record", good, "-o", trace).code());

        final CommandRun refused = CommandRun.of("replay", trace, other, "--console", "-e", "stepi");
        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("it is of another image"), refused.err());
        assertFalse(GuestImage.read(Path.of(good)).sha256().equals(GuestImage.read(Path.of(other)).sha256()));
        assertEquals(2, console(trace, "--json").code());
        assertEquals(2, CommandRun.of("replay", trace, "-e", "stepi").code());
    }
}
