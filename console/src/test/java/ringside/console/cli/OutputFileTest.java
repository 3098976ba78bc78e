package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
    private static final Path SHIPPED = Path.of("..", "profiler", "src", "main", "resources", "ringside", "profiler",
        "model");

    @TempDir
    private Path directory;
    private String guest;

    @BeforeEach
    void write() throws IOException {
        guest = TinyGuests.write(directory.resolve("guest.elf"), code -> TinyGuests.count(code, 3)).toString();
    }

    private String file(final String name) throws IOException {
        return Files.write(directory.resolve(name), new byte[4096]).toString();
    }

    /** A command that writes where it reads ends before it begins, and the file stays. */
    private static void assertKept(final String output, final String file, final String... arguments)
            throws IOException {
        final byte[] before = Files.readAllBytes(Path.of(file));
        final List<String> all = new ArrayList<>(List.of(arguments));
        all.add(output + "=" + file);

        assertEquals(new CommandRun(2, "", "ringside: " + output + "=" + file + ": the run reads this file"
            + System.lineSeparator()), CommandRun.of(all.toArray(String[]::new)));
        assertArrayEquals(before, Files.readAllBytes(Path.of(file)));
    }

    @Test
    void anExportReplacesNoFileThatTheProfileReads() throws IOException {
        assertKept("--export=svg", guest, "profile", guest);
        assertKept("--export=pprof", file("module"), "profile", guest, "--module", directory + "/module:text");
        assertKept("--export=svg", file("disk"), "profile", guest, "--disk", directory + "/disk:overlay");
        assertKept("--export=svg", file("keys"), "profile", guest, "--input", directory + "/keys");
        assertKept("--export=svg", file("booted"), "profile", guest, "--from-snapshot", directory + "/booted");
        assertKept("--export=svg", file("other"), "profile", guest, "--diff", directory + "/other");
    }

    @Test
    void anExportReplacesNeitherAModelNorAScenario() throws IOException {
        final Path model = Files.copy(SHIPPED.resolve("skylake.toml"), directory.resolve("my.toml"));
        final Path table = Files.copy(SHIPPED.resolve("skylake.csv"), directory.resolve("skylake.csv"));
        assertKept("--export=svg", model.toString(), "profile", guest, "--model", model.toString());
        assertKept("--export=svg", table.toString(), "profile", guest, "--model=" + model);
        final Path scenario = Files.writeString(directory.resolve("scenario.json"), "{\"image\": \"guest.elf\"}");
        assertKept("--export=svg", scenario.toString(), "profile", scenario.toString());
    }

    @Test
    void aRunsOutputsReplaceNoFileThatItReads() throws IOException {
        for (final String output : List.of("--save-snapshot", "--record-input")) {
            assertKept(output, guest, "run", guest);
            assertKept(output, file("module"), "run", guest, "--module", directory + "/module");
            assertKept(output, file("disk"), "run", guest, "--disk", directory + "/disk");
            assertKept(output, file("booted"), "run", guest, "--from-snapshot", directory + "/booted");
            assertKept(output, file("line"), "run", guest, "--serial2", "file:" + directory + "/line");
        }
        assertKept("--save-snapshot", file("keys"), "run", guest, "--input", directory + "/keys");
        assertKept("--record-serial2", guest, "run", guest, "--serial2", "tcp:0");
    }

    @Test
    void aLinkToAFileIsThatFile() throws IOException {
        final Path symbolic = Files.createSymbolicLink(directory.resolve("symbolic"), Path.of(guest));
        final Path hard = Files.createLink(directory.resolve("hard"), Path.of(guest));

        assertKept("--export=svg", symbolic.toString(), "profile", guest);
        assertKept("--export=svg", guest, "profile", symbolic.toString());
        assertKept("--save-snapshot", hard.toString(), "run", guest);
    }

    @Test
    void aFileOfAnotherKindIsReplacedByNoRecordingOrSnapshotUnlessForced() throws IOException {
        final Path notes = Files.writeString(directory.resolve("notes"), "mine");
        for (final List<String> command : List.of(List.of("record", guest, "--output=" + notes),
                List.of("run", guest, "--save-snapshot=" + notes))) {
            final CommandRun run = CommandRun.of(command.toArray(String[]::new));
            assertEquals(2, run.code(), run.err());
            assertTrue(run.err().contains("; --force replaces it"), run.err());
            assertEquals("mine", Files.readString(notes));
        }
        final Path trace = directory.resolve("a.trace");
        assertEquals(0, CommandRun.of("record", guest, "-o", trace.toString()).code());
        assertEquals(0, CommandRun.of("record", guest, "-o", trace.toString()).code());
        assertEquals(2, CommandRun.of("replay", trace.toString(), "--to", "3", "--save-snapshot=" + notes).code());
        Files.writeString(directory.resolve("b.trace.partial"), "mine");
        assertEquals(2, CommandRun.of("record", guest, "-o", directory + "/b.trace").code());
        assertEquals("mine", Files.readString(directory.resolve("b.trace.partial")));
        assertEquals(0, CommandRun.of("record", guest, "--force", "-o", notes.toString()).code());
        assertEquals(0, CommandRun.of("run", guest, "--force", "--save-snapshot=" + notes).code());
    }
}
