package ringside.console.history;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;
import ringside.console.verify.RefusedFileException;

/**
 * The database's file, opened. One journal beside it while something is written, nothing after; what a killed process
 * left half done is undone when it is opened next.
 */
final class Database implements AutoCloseable {
    /** Says that a database is one of these: {@code RSgh}. */
    static final int APPLICATION = 0x52536768;
    /** Of the tables below; a database of another one is refused. */
    static final int SCHEMA = 1;
    /** Beyond this nothing is read or appended. */
    static final long MOST_BYTES = 256L << 20;
    private static final int LONGEST_ROW = 1 << 16;
    private static final int PATIENCE_MS = 20_000;
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final List<String> TABLES = List.of(
        "CREATE TABLE model (run INTEGER NOT NULL REFERENCES run, name TEXT NOT NULL, id TEXT NOT NULL, "
            + "PRIMARY KEY (run, name)) STRICT, WITHOUT ROWID",
        "CREATE TABLE number (run INTEGER NOT NULL REFERENCES run, series INTEGER NOT NULL REFERENCES series, "
            + "value INTEGER NOT NULL, PRIMARY KEY (run, series)) STRICT, WITHOUT ROWID",
        "CREATE TABLE run (number INTEGER PRIMARY KEY, gate TEXT NOT NULL, title TEXT NOT NULL, "
            + "revision TEXT NOT NULL, time TEXT NOT NULL, program TEXT NOT NULL, shut INTEGER NOT NULL, "
            + "digest TEXT NOT NULL) STRICT",
        "CREATE TABLE series (id INTEGER PRIMARY KEY, path TEXT NOT NULL, metric TEXT NOT NULL, "
            + "UNIQUE (path, metric)) STRICT",
        "CREATE TABLE subject (run INTEGER NOT NULL REFERENCES run, place INTEGER NOT NULL, kind TEXT NOT NULL, "
            + "name TEXT NOT NULL, sha256 TEXT NOT NULL, parameters TEXT NOT NULL, PRIMARY KEY (run, place)) "
            + "STRICT, WITHOUT ROWID");

    private final Path file;
    private final SQLiteConnection connection;

    private Database(final Path file, final SQLiteConnection connection) {
        this.file = file;
        this.connection = connection;
    }

    /** What is done with a database. */
    @FunctionalInterface
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /**
     * {@return the database of a file; an empty file and none are an empty one}
     *
     * @param file  where
     * @param write whether it is going to be written
     * @throws RefusedFileException where the file is none, or none of these
     */
    static Database open(final Path file, final boolean write) {
        look(file);
        SqliteLibrary.need();
        final SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.DELETE);
        config.setSynchronous(SynchronousMode.FULL);
        config.setTransactionMode(write ? TransactionMode.IMMEDIATE : TransactionMode.DEFERRED);
        config.setTempStore(TempStore.MEMORY);
        config.setBusyTimeout(PATIENCE_MS);
        config.enforceForeignKeys(true);
        Database database = null;
        try {
            database = new Database(file, (SQLiteConnection) config.createConnection(
                "jdbc:sqlite:" + file.toAbsolutePath().toUri()));
            database.connection.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, LONGEST_ROW);
            database.run("PRAGMA trusted_schema = OFF");
            database.run("PRAGMA cell_size_check = ON");
            database.connection.setAutoCommit(false);
            database.require();
            return database;
        } catch (final SQLException failure) {
            if (database != null) {
                database.close();
            }
            throw SqliteFailure.of(file, failure);
        } catch (final RefusedFileException refused) {
            database.close();
            throw refused;
        }
    }

    /** What is no database at all is not shown to SQLite. */
    private static void look(final Path file) {
        if (!Files.exists(file)) {
            return;
        }
        if (!Files.isRegularFile(file)) {
            throw new RefusedFileException(file.toString(), "file", "this is not a regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            final byte[] first = in.readNBytes(MAGIC.length);
            if (first.length > 0 && !Arrays.equals(first, MAGIC)) {
                throw new RefusedFileException(file.toString(), "file", "this is not an SQLite database");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new RefusedFileException(file.toString(), "file", "is larger than " + MOST_BYTES
                    + " bytes; begin a new history");
            }
        } catch (final IOException failure) {
            throw new RefusedFileException(file.toString(), "file", "cannot be read: " + failure.getMessage());
        }
    }

    private void require() throws SQLException {
        if (number("PRAGMA page_count") == 0) {
            return;
        }
        final long application = number("PRAGMA application_id");
        final long schema = number("PRAGMA user_version");
        if (application == 0 && schema == 0 && number("SELECT count(*) FROM sqlite_schema") == 0) {
            return;
        }
        if (application != APPLICATION) {
            throw refused("header", "this is another program's database, not a history of gates");
        }
        if (schema != SCHEMA) {
            throw refused("header", "is of version " + schema + ", and this program reads version " + SCHEMA);
        }
        final Map<String, String> tables = tables();
        final Map<String, String> wanted = new TreeMap<>();
        TABLES.forEach(sql -> wanted.put(sql.split(" ")[2], sql));
        if (!tables.equals(wanted)) {
            throw refused("tables", "they are not those of a history");
        }
        try (Statement statement = connection.createStatement();
            ResultSet found = statement.executeQuery("PRAGMA quick_check(1)")) {
            final String verdict = found.next() ? found.getString(1) : "no answer";
            if (!"ok".equals(verdict)) {
                throw refused("file", "is damaged: " + verdict.replaceAll("\\s+", " "));
            }
        }
    }

    private Map<String, String> tables() throws SQLException {
        final Map<String, String> tables = new TreeMap<>();
        try (Statement statement = connection.createStatement();
            ResultSet found = statement.executeQuery(
                "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL LIMIT 100")) {
            while (found.next()) {
                tables.put(found.getString(1), found.getString(2));
            }
        }
        return tables;
    }

    /** Makes the tables where there are none, as a part of the transaction that is open. */
    void needTables() throws SQLException {
        if (number("PRAGMA application_id") == APPLICATION) {
            return;
        }
        for (final String sql : TABLES) {
            run(sql);
        }
        run("PRAGMA application_id = " + APPLICATION);
        run("PRAGMA user_version = " + SCHEMA);
    }

    /** {@return whether it has tables} */
    boolean isEmpty() throws SQLException {
        return number("PRAGMA application_id") != APPLICATION;
    }

    /** {@return the outcome of some work, in one transaction: all of it is kept, or nothing} */
    <T> T transaction(final Work<T> work) {
        try {
            final T outcome = work.in(connection);
            connection.commit();
            return outcome;
        } catch (final SQLException failure) {
            throw SqliteFailure.of(file, failure);
        }
    }

    RefusedFileException refused(final String place, final String reason) {
        return new RefusedFileException(file.toString(), place, reason);
    }

    private long number(final String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet found = statement.executeQuery(sql)) {
            return found.next() ? found.getLong(1) : 0;
        }
    }

    private void run(final String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (final SQLException failure) {
            throw SqliteFailure.of(file, failure);
        }
    }
}
