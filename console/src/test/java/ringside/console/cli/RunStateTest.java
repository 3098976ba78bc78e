package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code run} takes up and leaves behind: recorded input and snapshots. */
class RunStateTest {
    @TempDir
    private Path directory;

    private static CommandRun typing(final String text, final String... arguments) {
        return typing(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)), arguments);
    }

    private static CommandRun typing(final InputStream typed, final String... arguments) {
        return CommandRun.typing(typed, arguments);
    }

    @Test
    void whatIsTypedIsRecordedAndComesAgain() throws IOException {
        final String guest = TinyGuests.write(directory.resolve("echo.elf"), TinyGuests::echo).toString();
        final String keys = directory.resolve("keys.jsonl").toString();

        final CommandRun live = typing("hello q", "run", "--count", guest, "--record-input", keys);
        final CommandRun again = CommandRun.of("run", "--count", guest, "--input", keys);

        assertEquals(0, live.code(), live.err());
        assertEquals("ifmmp!r", live.out());
        assertEquals(live, again);
        assertTrue(Files.readString(Path.of(keys)).startsWith("{\"ringside-input\":1}\n{\"cycle\":"));
    }

    @Test
    void aRecordingStaysWhereNoMachineRanToMakeANewOne() throws IOException {
        final Path keys = Files.writeString(directory.resolve("keys.jsonl"), "precious");
        final Path guest = TinyGuests.write(directory.resolve("echo.elf"), TinyGuests::echo);
        for (final List<String> wrong : List.of(List.of(directory + "/none.elf"),
                List.of(guest.toString(), "--budget", "0"))) {
            final List<String> arguments = new ArrayList<>(List.of("run", "--record-input", keys.toString()));
            arguments.addAll(wrong);
            assertEquals(2, typing("q", arguments.toArray(String[]::new)).code());
            assertEquals("precious", Files.readString(keys));
        }
    }

    @Test
    void aRunGoesOnWhereASnapshotWasSaved() throws IOException {
        final String guest = TinyGuests.write(directory.resolve("guest.elf"), code -> {
            TinyGuests.print(code, "first ");
            TinyGuests.count(code, 20_000);
        }).toString();
        final String file = directory.resolve("half.snapshot").toString();

        final CommandRun whole = CommandRun.of("run", "--count", guest);
        final CommandRun first = CommandRun.of("run", guest, "--budget", "20000", "--save-snapshot", file);
        final CommandRun second = CommandRun.of("run", "--count", guest, "--from-snapshot", file);

        assertEquals(0, first.code(), first.err());
        assertEquals("first ", first.out());
        assertEquals("first done\n", whole.out());
        assertEquals(new CommandRun(0, "done\n", whole.err()), second);
    }

    @Test
    void whatDoesNotFitIsRefused() throws IOException {
        final Path guest = TinyGuests.write(directory.resolve("guest.elf"), code -> TinyGuests.count(code, 20_000));
        final Path other = TinyGuests.write(directory.resolve("other.elf"), code -> TinyGuests.count(code, 3));
        final Path file = directory.resolve("half.snapshot");
        CommandRun.of("run", guest.toString(), "--budget", "20000", "--save-snapshot", file.toString());
        final Path disk = Files.write(directory.resolve("disk.img"), new byte[512]);
        final Path damaged = Files.write(directory.resolve("damaged"),
            Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) / 2));

        assertRefused(file + ": image: it is of another image", other.toString(), "--from-snapshot", file.toString());
        assertRefused(file + ": make: it is of a machine of another make: 'cpus=1' here='cpus=2'"
            + System.lineSeparator(), guest.toString(), "--smp=2", "--from-snapshot", file.toString());
        assertRefused("another make: 'command-line=' here='command-line=a b'", guest.toString(), "--append=a b",
            "--from-snapshot", file.toString());
        assertRefused("another make: '' here='disk=", guest.toString(), "--disk=" + disk + ":overlay",
            "--from-snapshot", file.toString());
        assertRefused("RAM is whole pages, at most", guest.toString(), "--memory=2M", "--from-snapshot",
            file.toString());
        assertRefused(damaged + ": ", guest.toString(), "--from-snapshot", damaged.toString());
        assertRefused("there is no such file", guest.toString(), "--from-snapshot", directory + "/none");
        assertRefused("there is no such file", guest.toString(), "--input", directory + "/none");
        assertRefused("mutually exclusive", guest.toString(), "--input", "a", "--record-input", "b");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsRefusedBeforeTheMachineBoots() throws IOException {
        final String guest = TinyGuests.write(directory.resolve("guest.elf"), code -> TinyGuests.count(code, 3))
            .toString();
        for (final String option : List.of("--save-snapshot", "--record-input")) {
            assertNeverBegan(option + "=" + directory + ": cannot be written: it is a directory", guest, option,
                directory.toString());
            assertNeverBegan(option + "=" + directory + "/no/where: cannot be written: no such directory", guest,
                option, directory + "/no/where");
        }
    }

    private static void assertNeverBegan(final String message, final String guest, final String option,
            final String file) {
        assertEquals(new CommandRun(2, "", "ringside: " + message + System.lineSeparator()),
            typing("q", "run", guest, option, file));
    }

    @Test
    void aPlaceThatIsLostMeanwhileIsAFaultOfTheHost() throws IOException {
        final String guest = TinyGuests.write(directory.resolve("echo.elf"), TinyGuests::echo).toString();
        final Path lost = directory.resolve("lost");

        assertEquals(5, losing(lost, guest, "--record-input", lost + "/file").code());
        assertEquals(new CommandRun(5, "r", "ringside: " + lost + "/file: cannot be written: no such directory"
            + System.lineSeparator()), losing(lost, guest, "--record-input", directory + "/keys.jsonl",
                "--save-snapshot", lost + "/file"));
    }

    /** A run whose input takes a directory away before it comes. */
    private static CommandRun losing(final Path lost, final String... arguments) throws IOException {
        Files.createDirectory(lost);
        return typing(new ByteArrayInputStream(new byte[] {'q'}) {
            @Override
            public synchronized int read() {
                try {
                    Files.deleteIfExists(lost);
                } catch (final IOException failure) {
                    throw new UncheckedIOException(failure);
                }
                return super.read();
            }
        }, Stream.concat(Stream.of("run"), Arrays.stream(arguments)).toArray(String[]::new));
    }

    private static void assertRefused(final String message, final String... arguments) {
        final String[] all = new String[arguments.length + 1];
        all[0] = "run";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        final CommandRun run = CommandRun.of(all);
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains(message), run.err());
        assertEquals(1, run.err().lines().filter(line -> line.startsWith("ringside: ")).count(), run.err());
    }
}
