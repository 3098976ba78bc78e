package ringside.console.history;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import ringside.console.verify.RefusedFileException;
import ringside.toolchain.image.PlainName;

/** Runs of gates, one after the other, in an SQLite database. A run is in it whole or not at all, whatever happens. */
public final class History {
    private static final int MOST_RUNS = 100_000;
    /** Names of numbers in one database; a run has fewer. */
    private static final int MOST_SERIES = 1_000_000;
    private static final int MOST_NUMBERS = 4_000_000;
    private static final int MOST_PARTS = 10_000;
    /** Characters of one text: whoever appends a longer one has something else in mind. */
    private static final int LONGEST = 4_000;

    private History() {
    }

    /**
     * Appends a run.
     *
     * @param file a database, made where there is none
     * @param run  what to keep; its number is not asked
     * @return the number that it got
     * @throws RefusedFileException where the file is no history, damaged or of another version
     */
    public static long append(final Path file, final PastRun run) {
        requireNames(file, run);
        try (Database database = Database.open(file, true)) {
            return database.transaction(connection -> {
                database.needTables();
                return new Appending(connection).append(run);
            });
        }
    }

    private static void requireNames(final Path file, final PastRun run) {
        final List<String> names = Stream.of(
            Stream.of(run.gate(), run.title(), run.revision(), run.time(), run.program()),
            run.models().entrySet().stream().flatMap(model -> Stream.of(model.getKey(), model.getValue())),
            run.subjects().stream().flatMap(one -> Stream.of(one.kind(), one.name(), one.sha256(), one.parameters())),
            run.numbers().keySet().stream().flatMap(one -> Stream.of(one.path(), one.metric())))
            .flatMap(texts -> texts).toList();
        if (names.stream().anyMatch(text -> text.length() > LONGEST)) {
            throw new RefusedFileException(file.toString(), "run", "a text to keep is longer than " + LONGEST
                + " characters");
        }
        names.stream().filter(text -> !PlainName.is(text)).findFirst().ifPresent(text -> {
            throw new RefusedFileException(file.toString(), "run", "a text to keep has control characters: "
                + PlainName.of(text));
        });
    }

    /**
     * Refuses a file that no run could be appended to, for who has a long way to go before it is. All that was appended
     * is looked at: what comes behind a damaged run would be lost with it.
     *
     * @param file a database; it need not exist
     */
    public static void require(final Path file) {
        if (Files.exists(file)) {
            Database.open(file, true).close();
            try (Database database = Database.open(file, false)) {
                database.transaction(connection -> {
                    if (!database.isEmpty()) {
                        new Reading(database, connection).verify();
                    }
                    return null;
                });
            }
        } else if (!Files.isDirectory(file.toAbsolutePath().getParent())) {
            throw new RefusedFileException(file.toString(), "file", "no such directory");
        }
    }

    /** {@return all runs of a database, in the order in which they were appended} */
    public static List<PastRun> read(final Path file) {
        return read(file, _ -> true, MOST_RUNS);
    }

    /**
     * {@return runs of a database, in the order in which they were appended}
     *
     * @param file  a database
     * @param which of its runs; asked before it has models, subjects and numbers
     * @param most  as many of the last ones
     * @throws RefusedFileException where the file is no history, damaged or of another version
     */
    public static List<PastRun> read(final Path file, final Predicate<PastRun> which, final int most) {
        if (!Files.exists(file)) {
            throw new RefusedFileException(file.toString(), "file", "there is no such file");
        }
        try (Database database = Database.open(file, false)) {
            return database.transaction(connection ->
                database.isEmpty() ? List.of() : new Reading(database, connection).runs(which, most));
        }
    }

    /** One run on its way into the tables. */
    private record Appending(Connection connection) {
        long append(final PastRun run) throws SQLException {
            final long number = 1 + number("SELECT coalesce(max(number), 0) FROM run");
            insert("INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?)", number, run.gate(), run.title(), run.revision(),
                run.time(), run.program(), run.shut() ? 1 : 0, RunDigest.of(run, number, last()));
            for (final Map.Entry<String, String> model : run.models().entrySet()) {
                insert("INSERT INTO model VALUES (?, ?, ?)", number, model.getKey(), model.getValue());
            }
            for (int i = 0; i < run.subjects().size(); i++) {
                final Subject one = run.subjects().get(i);
                insert("INSERT INTO subject VALUES (?, ?, ?, ?, ?, ?)", number, i, one.kind(), one.name(),
                    one.sha256(), one.parameters());
            }
            final Map<Series, Long> series = new HashMap<>();
            try (PreparedStatement all = connection.prepareStatement("SELECT id, path, metric FROM series");
                ResultSet row = all.executeQuery()) {
                while (row.next()) {
                    series.put(new Series(row.getString(2), row.getString(3)), row.getLong(1));
                }
            }
            long next = 1 + number("SELECT coalesce(max(id), 0) FROM series");
            try (PreparedStatement names = connection.prepareStatement("INSERT INTO series VALUES (?, ?, ?)");
                PreparedStatement values = connection.prepareStatement("INSERT INTO number VALUES (?, ?, ?)")) {
                for (final Map.Entry<Series, Long> one : run.numbers().entrySet()) {
                    Long id = series.get(one.getKey());
                    if (id == null) {
                        id = next++;
                        insert(names, id, one.getKey().path(), one.getKey().metric());
                    }
                    insert(values, number, id, one.getValue());
                }
            }
            return number;
        }

        private String last() throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT digest FROM run ORDER BY number DESC LIMIT 1"); ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
        }

        private long number(final String sql) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }

        private void insert(final String sql, final Object... values) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                insert(statement, values);
            }
        }

        private static void insert(final PreparedStatement statement, final Object... values) throws SQLException {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    /** Runs on their way out of the tables. */
    private static final class Reading {
        private final Database database;
        private final Connection connection;
        /** Each run's hash and that of the run before it. */
        private final Map<Long, String[]> digests = new HashMap<>();
        private int numbers;

        Reading(final Database database, final Connection connection) {
            this.database = database;
            this.connection = connection;
        }

        List<PastRun> runs(final Predicate<PastRun> which, final int most) throws SQLException {
            final List<PastRun> heads = heads(which);
            final Map<Long, Series> series = series();
            final List<PastRun> runs = new ArrayList<>();
            for (final PastRun head : heads.subList(Math.max(0, heads.size() - most), heads.size())) {
                runs.add(run(head, series));
            }
            return runs;
        }

        /** Keeps nothing of it. */
        void verify() throws SQLException {
            final List<PastRun> heads = heads(_ -> true);
            final Map<Long, Series> series = series();
            for (final PastRun head : heads) {
                numbers = 0;
                run(head, series);
            }
            rows("PRAGMA foreign_key_check", 0, "rows of no run", _ -> { });
        }

        private List<PastRun> heads(final Predicate<PastRun> which) throws SQLException {
            final List<PastRun> heads = new ArrayList<>();
            final String[] last = {""};
            rows("SELECT * FROM run ORDER BY number", MOST_RUNS, "runs", row -> {
                final PastRun head = new PastRun(row.getLong(1), text(row, 2), text(row, 3), text(row, 4),
                    text(row, 5), text(row, 6), row.getLong(7) != 0, new TreeMap<>(), List.of(), new TreeMap<>());
                digests.put(head.number(), new String[] {last[0], text(row, 8)});
                last[0] = text(row, 8);
                if (which.test(head)) {
                    heads.add(head);
                }
            });
            return heads;
        }

        private Map<Long, Series> series() throws SQLException {
            final Map<Long, Series> series = new HashMap<>();
            rows("SELECT id, path, metric FROM series", MOST_SERIES, "names of numbers",
                row -> series.put(row.getLong(1), new Series(text(row, 2), text(row, 3))));
            return series;
        }

        private PastRun run(final PastRun head, final Map<Long, Series> series) throws SQLException {
            final String of = " WHERE run = " + head.number();
            final SortedMap<String, String> models = new TreeMap<>();
            rows("SELECT name, id FROM model" + of, MOST_PARTS, "models",
                row -> models.put(text(row, 1), text(row, 2)));
            final List<Subject> subjects = new ArrayList<>();
            rows("SELECT kind, name, sha256, parameters FROM subject" + of + " ORDER BY place", MOST_PARTS, "subjects",
                row -> subjects.add(new Subject(text(row, 1), text(row, 2), text(row, 3), text(row, 4))));
            final SortedMap<Series, Long> values = new TreeMap<>();
            rows("SELECT series, value FROM number" + of, MOST_NUMBERS - numbers, "numbers", row -> {
                final Series one = series.get(row.getLong(1));
                if (one == null) {
                    throw database.refused("run " + head.number(), "a number of it has no name");
                }
                values.put(one, row.getLong(2));
            });
            numbers += values.size();
            final PastRun run = head.with(models, subjects, values);
            final String[] known = digests.get(run.number());
            if (!known[1].equals(RunDigest.of(run, run.number(), known[0]))) {
                throw database.refused("run " + run.number(), "is damaged: it is not what was appended");
            }
            return run;
        }

        /** What is done with a row. */
        @FunctionalInterface
        private interface Taker {
            void take(ResultSet row) throws SQLException;
        }

        private void rows(final String sql, final int most, final String what, final Taker taker)
                throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
                int count = 0;
                while (row.next()) {
                    if (++count > most) {
                        throw database.refused("tables", "more " + what + " than are read");
                    }
                    taker.take(row);
                }
            }
        }

        private String text(final ResultSet row, final int column) throws SQLException {
            final String text = row.getString(column);
            if (text == null || text.length() > LONGEST) {
                throw database.refused("tables", "a text is longer than " + LONGEST + " characters");
            }
            if (!PlainName.is(text)) {
                throw database.refused("tables", "a text has control characters: " + PlainName.of(text));
            }
            return text;
        }
    }
}
