package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.console.history.History;
import ringside.console.history.PastRun;
import ringside.toolchain.codegen.Reg32;

/** {@code check --history}: what it keeps, and what it refuses. */
class CheckHistoryTest {
    private static final int NUMBERS = 8;

    @TempDir
    private Path directory;

    /** A kernel with one path, and so many gates for it. */
    private List<String> gates(final int count) throws IOException {
        Files.createDirectories(directory.resolve("baseline"));
        TinyGuests.write(directory.resolve("kernel.elf"), code -> {
            code.global("path_start");
            code.inc(Reg32.EAX);
            code.inc(Reg32.EAX);
            code.global("path_end");
            TinyGuests.count(code, 10);
        });
        final List<String> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final Path file = Files.writeString(directory.resolve("gate" + i + ".toml"), """
                title = "Gate %d"
                [[image]]
                name = "tiny"
                file = "kernel.elf"
                [[image.path]]
                name = "path"
                from = "path_start"
                to = "path_end"
                """.formatted(i));
            files.add(file.toString());
        }
        return files;
    }

    private Path baseline(final int gate) {
        return directory.resolve("baseline/gate" + gate + ".json");
    }

    @Test
    void eachRunAppendsImageModelRevisionParametersAndNumbers() throws IOException {
        final String gate = gates(1).getFirst();
        final Path runs = directory.resolve("runs.db");
        assertEquals(0, CommandRun.of("check", "--update", "--history=" + runs, "--revision=r1", gate).code());
        final CommandRun second = CommandRun.of("check", "--history=" + runs, "--time=noon", gate);
        assertEquals(0, second.code(), second.err());
        final List<PastRun> read = History.read(runs);
        assertEquals(List.of("r1", ""), read.stream().map(PastRun::revision).toList());
        assertEquals(List.of("", "noon"), read.stream().map(PastRun::time).toList());
        final PastRun one = read.getFirst();
        assertEquals("Gate 0", one.title());
        assertEquals("gate0.toml", one.gate());
        assertEquals(NUMBERS, one.numbers().size());
        assertEquals(2, one.numbers().get(new ringside.console.history.Series("tiny/path", "instructions")));
        assertEquals("memory=64M cpus=1 seed=0", one.subjects().getFirst().parameters());
        assertTrue(one.subjects().getFirst().sha256().matches("[0-9a-f]{64}"));
    }

    @Test
    void modulesAndDisksAreKeptWithTheirHashes() throws IOException {
        final Path gate = Path.of(gates(1).getFirst());
        Files.writeString(gate, Files.readString(gate).replace("[[image.path]]",
            "modules = [\"m:words\"]\ndisks = [\"d\"]\nboot = \"elf64\"\n[[image.path]]"));
        Files.write(directory.resolve("m"), new byte[1]);
        Files.write(directory.resolve("d"), new byte[512]);
        final Path runs = directory.resolve("runs.db");
        final CommandRun run = CommandRun.of("check", "--update", "--history=" + runs, gate.toString());
        assertEquals(0, run.code(), run.err());
        assertEquals(List.of("image tiny memory=64M cpus=1 seed=0 boot=elf64", "module tiny/m words",
            "disk tiny/d overlay"), History.read(runs).getFirst().subjects().stream()
            .map(one -> one.kind() + " " + one.name() + " " + one.parameters()).toList());
    }

    @Test
    void aFileThatIsNoHistoryIsRefusedBeforeAnythingRuns() throws IOException {
        final String gate = gates(1).getFirst();
        final Path runs = Files.writeString(directory.resolve("runs.db"), "no database\n");
        final CommandRun run = CommandRun.of("check", "--update", "--history=" + runs, gate);
        assertEquals(2, run.code());
        assertEquals("ringside: " + runs + ": file: this is not an SQLite database\n", run.err());
        assertTrue(Files.notExists(baseline(0)));
    }

    @Test
    void aDamagedHistoryIsRefusedBeforeAnythingRuns() throws Exception {
        final String gate = gates(1).getFirst();
        final Path runs = directory.resolve("runs.db");
        assertEquals(0, CommandRun.of("check", "--update", "--history=" + runs, gate).code());
        try (java.sql.Connection connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + runs);
            java.sql.Statement statement = connection.createStatement()) {
            statement.execute("UPDATE number SET value = value + 1 WHERE run = 1");
        }
        Files.delete(directory.resolve("kernel.elf"));
        final CommandRun run = CommandRun.of("check", "--history=" + runs, gate);
        assertEquals(2, run.code());
        assertEquals("ringside: " + runs + ": run 1: is damaged: it is not what was appended\n", run.err());
    }
}
