package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gate reads is not what it writes, whatever is wished. */
class CheckOutputsTest {
    private static final Path SHIPPED = Path.of("..", "profiler", "src", "main", "resources", "ringside", "profiler",
        "model");
    private static final String GATE = """
        models = ["my.toml"]
        [[image]]
        name = "k"
        file = "kernel.elf"
        boot = "elf64"
        modules = ["module"]
        disks = ["disk"]
        [[image.path]]
        name = "p"
        from = "start+0x5"
        to = "start+0x5"
        [[script]]
        file = "script"
        image = "other.elf"
        """;

    @TempDir
    private Path directory;
    private Path gate;

    @BeforeEach
    void write() throws IOException {
        for (final String kernel : List.of("kernel.elf", "other.elf")) {
            TinyGuests.write(directory.resolve(kernel), code -> TinyGuests.count(code, 3));
        }
        Files.copy(SHIPPED.resolve("skylake.toml"), directory.resolve("my.toml"));
        Files.copy(SHIPPED.resolve("skylake.csv"), directory.resolve("skylake.csv"));
        Files.write(directory.resolve("module"), new byte[1]);
        Files.write(directory.resolve("disk"), new byte[512]);
        Files.writeString(directory.resolve("script"), "continue\n");
        gate = Files.writeString(directory.resolve("gate.toml"), GATE);
    }

    @Test
    void nothingThatAGateReadsIsReplacedEvenByForce() throws IOException {
        assertEquals(0, CommandRun.of("check", "--update", gate.toString()).code());
        final Path link = Files.createLink(directory.resolve("hard-link"), directory.resolve("kernel.elf"));
        for (final String name : List.of("gate.toml", "baseline/gate.json", "kernel.elf", "module", "disk", "script",
                "other.elf", "my.toml", "skylake.csv", link.getFileName().toString())) {
            final Path file = directory.resolve(name);
            final byte[] before = Files.readAllBytes(file);
            for (final String option : List.of("--junit", "--markdown", "--sarif", "--bmf", "--measure", "--history")) {
                final String output = option + "=" + file;
                assertEquals(new CommandRun(2, "", "ringside: " + output + ": the run reads this file\n"),
                    CommandRun.of("check", gate.toString(), "--force", output));
            }
            final String output = "--output=" + file;
            assertEquals(new CommandRun(2, "", "ringside: " + output + ": the run reads this file\n"),
                CommandRun.of("report", gate.toString(), "--force", output));
            assertArrayEquals(before, Files.readAllBytes(file), name);
        }
    }

    @Test
    void whatABuildIsGoingToMakeIsReadToo() throws IOException {
        Files.move(directory.resolve("kernel.elf"), directory.resolve("made.elf"));
        Files.writeString(gate, "build = [\"cp\", \"made.elf\", \"kernel.elf\"]\n" + GATE);
        final CommandRun run = CommandRun.of("check", "--update", gate.toString(), "--force",
            "--junit=" + directory.resolve("./kernel.elf"));
        assertEquals(2, run.code(), run.out());
        assertTrue(run.err().endsWith("kernel.elf: the run reads this file\n"), run.err());
        assertTrue(Files.notExists(directory.resolve("kernel.elf")), "nothing ran");
    }

    @Test
    void aHistoryIsNoReportAndNoBaseline() throws IOException {
        final Path runs = directory.resolve("x.db");
        final CommandRun report =
            CommandRun.of("check", "--update", gate.toString(), "--history=" + runs, "--junit=" + runs);
        assertEquals(new CommandRun(2, "", "ringside: the output " + runs + ": is written twice\n"), report);
        Files.writeString(gate, "baseline = \"x.db\"\n" + GATE);
        final CommandRun baseline = CommandRun.of("check", "--update", gate.toString(), "--history=" + runs);
        assertEquals(new CommandRun(2, "", "ringside: --history=" + runs + ": the run reads this file\n"), baseline);
        assertTrue(Files.notExists(runs));
    }

    @Test
    void aBaselineReplacesNothingThatIsNone() throws IOException {
        final Path file = directory.resolve("kernel.elf");
        final byte[] before = Files.readAllBytes(file);
        Files.writeString(gate, "baseline = \"kernel.elf\"\n" + GATE);
        assertEquals(2, CommandRun.of("check", "--update", gate.toString()).code());
        assertArrayEquals(before, Files.readAllBytes(file));
    }
}
