package ringside.console.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteDataSource;
import ringside.console.verify.RefusedFileException;
import ringside.emulator.state.UnwrittenFileException;

/** Histories: what is appended is read back, and what is no history is refused. */
class HistoryTest {
    private static final String HOSTILE = "<script>'; DROP TABLE run; --\ud83d\udc0d";

    @TempDir
    private Path directory;

    private static PastRun run(final String revision, final long cycles) {
        final SortedMap<Series, Long> numbers = new TreeMap<>();
        for (int i = 0; i < 40; i++) {
            numbers.put(new Series("image/path" + i, "instructions"), 62L + i);
            numbers.put(new Series("image/path" + i, "settled.zen4"), cycles + i);
        }
        numbers.put(new Series(HOSTILE, "counter." + HOSTILE), Long.MIN_VALUE);
        return new PastRun(0, "gate.toml", "A kernel's paths", revision, "noon", "0.1.0", cycles > 100,
            new TreeMap<>(java.util.Map.of("zen4", "zen4-3")),
            List.of(new Subject("image", "image", "ab".repeat(32), "memory=64M cpus=1 seed=0"),
                new Subject("script", HOSTILE, "", "")), numbers);
    }

    private static PastRun numbered(final long number, final PastRun run) {
        return new PastRun(number, run.gate(), run.title(), run.revision(), run.time(), run.program(), run.shut(),
            run.models(), run.subjects(), run.numbers());
    }

    private Path file() {
        return directory.resolve("runs with ?mode=memory & #.db");
    }

    @Test
    void runsAreReadBackAsTheyWereAppendedAndInThatOrder() throws IOException {
        assertEquals(1, History.append(file(), run("one", 90)));
        assertEquals(2, History.append(file(), run("two", 190)));
        final PastRun other = new PastRun(0, "other.toml", "Another", "", "", "0.1.0", false, new TreeMap<>(),
            List.of(), new TreeMap<>());
        assertEquals(3, History.append(file(), other));
        assertEquals(4, History.append(file(), run(HOSTILE, 91)));
        assertEquals(List.of(numbered(1, run("one", 90)), numbered(2, run("two", 190)), numbered(3, other),
            numbered(4, run(HOSTILE, 91))), History.read(file()));
        assertEquals(List.of(2L, 4L), History.read(file(), past -> past.isOf("gate.toml", "A kernel's paths"), 2)
            .stream().map(PastRun::number).toList());
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of(file()), files.toList(), "no journal is left");
        }
    }

    @Test
    void theDriversLibraryIsNotUnpackedToTemporaryFiles() throws IOException {
        History.append(file(), run("one", 90));
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            final String process = Path.of(System.getProperty("org.sqlite.lib.path")).getFileName().toString();
            assertEquals(List.of(), files.map(path -> path.getFileName().toString())
                .filter(name -> name.startsWith(process)).toList());
        }
    }

    @Test
    void anEmptyFileIsAnEmptyHistory() throws IOException {
        Files.createFile(file());
        assertEquals(List.of(), History.read(file()));
        History.require(file());
        assertEquals(1, History.append(file(), run("one", 90)));
        assertEquals(1, History.read(file()).size());
    }

    @Test
    void whatIsNoDatabaseIsRefused() throws IOException {
        assertRefused("there is no such file");
        Files.writeString(file(), "one run\nanother run\n");
        assertRefused("this is not an SQLite database");
        Files.writeString(file(), "SQLite format 3\0 and then something else");
        assertRefused("SQLite");
        Files.delete(file());
        Files.createDirectory(file());
        assertRefused("this is not a regular file");
        assertThrows(RefusedFileException.class, () -> History.append(file(), run("one", 90)));
        final Path nowhere = directory.resolve("none/runs.db");
        assertThrows(RefusedFileException.class, () -> History.require(nowhere));
        assertThrows(UnwrittenFileException.class, () -> History.append(nowhere, run("one", 90)));
    }

    @Test
    void aDatabaseThatIsTooLargeIsRefused() throws IOException {
        History.append(file(), run("one", 90));
        try (RandomAccessFile sparse = new RandomAccessFile(file().toFile(), "rw")) {
            sparse.setLength(Database.MOST_BYTES + 1);
        }
        assertRefused("is larger than");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "PRAGMA user_version = 2 | is of version 2, and this program reads version 1",
        "PRAGMA application_id = 7 | another program's database",
        "DROP TABLE model | they are not those of a history",
        "CREATE TRIGGER t AFTER INSERT ON run BEGIN DELETE FROM series; END | they are not those of a history",
        "CREATE VIEW v AS SELECT 1 | they are not those of a history",
        "ALTER TABLE run ADD COLUMN more TEXT | they are not those of a history",
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE model (run)' WHERE name = 'model' "
            + "| they are not those of a history",
        "DELETE FROM series WHERE id = 3 | a number of it has no name",
        "UPDATE number SET value = 61 WHERE series = 3 | run 1: is damaged: it is not what was appended",
        "UPDATE run SET revision = 'two' | run 1: is damaged: it is not what was appended",
        "DELETE FROM subject WHERE place = 1 | run 1: is damaged: it is not what was appended",
        "UPDATE series SET path = printf('x%s::error::y', char(10)) WHERE id = 3 "
            + "| tables: a text has control characters: x?::error::y",
        "UPDATE run SET time = printf('%s[31m', char(27)) | tables: a text has control characters: ?[31m",
        "UPDATE run SET title = printf('%.5000c', 'x') | a text is longer than",
        "UPDATE run SET title = printf('%.90000c', 'x') | is damaged"})
    void aDatabaseThatIsAnotherIsRefused(final String sql, final String reason) throws SQLException {
        History.append(file(), run("one", 90));
        change(file(), sql);
        assertRefused(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "UPDATE number SET value = value + 1 WHERE run = 2 | run 2: is damaged: it is not what was appended",
        "DELETE FROM run WHERE number = 1 | run 2: is damaged: it is not what was appended",
        "PRAGMA foreign_keys = OFF; INSERT INTO number VALUES (4, 1, 1) | more rows of no run than are read"})
    void aDamagedHistoryTakesNoMoreRuns(final String sql, final String reason) throws SQLException {
        for (int i = 0; i < 3; i++) {
            History.append(file(), run("r" + i, 90));
        }
        History.require(file());
        change(file(), sql);
        final String refused =
            assertThrows(RefusedFileException.class, () -> History.require(file())).getMessage();
        assertTrue(refused.startsWith(file() + ": ") && refused.endsWith(reason), refused);
    }

    @Test
    void textsWithControlCharactersAreNotAppended() {
        assertTrue(assertThrows(RefusedFileException.class, () -> History.append(file(), run("a\u001b[2J", 90)))
            .getMessage().endsWith("run: a text to keep has control characters: a?[2J"));
        assertTrue(Files.notExists(file()));
    }

    @Test
    void anotherProgramsDatabaseIsRefusedAndLeftAlone() throws SQLException, IOException {
        change(file(), "CREATE TABLE run (number INTEGER)");
        final byte[] before = Files.readAllBytes(file());
        assertRefused("another program's database");
        assertThrows(RefusedFileException.class, () -> History.append(file(), run("one", 90)));
        assertTrue(java.util.Arrays.equals(before, Files.readAllBytes(file())));
    }

    @Test
    void damageIsRefusedOrHarmless() throws IOException {
        for (int i = 0; i < 3; i++) {
            History.append(file(), run("r" + i, 90 + i));
        }
        final byte[] whole = Files.readAllBytes(file());
        final List<PastRun> runs = History.read(file());
        final Random random = new Random(8);
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            final byte[] damaged = whole.clone();
            final int many = 1 + random.nextInt(64);
            final int from = random.nextInt(i % 3 == 0 ? 512 : damaged.length);
            for (int at = from; at < Math.min(damaged.length, from + many); at++) {
                damaged[at] = (byte) random.nextInt();
            }
            Files.write(file(), i % 5 == 0 ? java.util.Arrays.copyOf(damaged, random.nextInt(damaged.length))
                : damaged);
            try {
                final List<PastRun> read = History.read(file());
                assertEquals(runs.subList(0, read.size()), read);
            } catch (final RefusedFileException expected) {
                refused++;
                assertTrue(expected.getMessage().startsWith(file().toString()), expected.getMessage());
                assertFalse(expected.getMessage().contains("\n"), expected.getMessage());
            }
        }
        assertTrue(refused > 100, "refused: " + refused);
    }

    @Test
    void whoComesWhileAnotherWritesWaits() throws Exception {
        History.append(file(), run("one", 90));
        final Thread[] writers = new Thread[4];
        for (int i = 0; i < writers.length; i++) {
            writers[i] = Thread.ofPlatform().start(() -> {
                for (int j = 0; j < 5; j++) {
                    History.append(file(), run("more", 90));
                }
            });
        }
        for (final Thread writer : writers) {
            writer.join();
        }
        assertEquals(21, History.read(file()).size());
    }

    private void assertRefused(final String reason) {
        final RefusedFileException refused =
            assertThrows(RefusedFileException.class, () -> History.read(file()));
        assertTrue(refused.getMessage().startsWith(file() + ": ") && refused.getMessage().contains(reason),
            refused.getMessage());
    }

    private static void change(final Path file, final String sql) throws SQLException {
        SqliteLibrary.need();
        final SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file.toUri());
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            for (final String one : sql.contains("TRIGGER") ? new String[] {sql} : sql.split(";")) {
                statement.execute(one);
            }
        }
    }
}
