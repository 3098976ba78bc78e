package ringside.fastpath.claim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import ringside.fastpath.lab.LabException;
import ringside.fastpath.lab.LabFiles;
import ringside.profiler.toml.TomlTable;

/**
 * The rows of the literature, from a TOML file.
 *
 * @param rows in the file's order
 */
public record ClaimList(List<ClaimRow> rows) {
    private static final String FILE = "claims.toml";
    private static final int MOST_ROWS = 256;
    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,2}[a-z]?");

    /** A document. */
    private record Source(String name, String title) {
    }

    /** Copies the list. */
    public ClaimList {
        rows = List.copyOf(rows);
    }

    /** {@return the list that comes with the program} */
    public static ClaimList shipped() {
        return read(FILE, LabFiles.shippedText(FILE));
    }

    /**
     * {@return the rows that a file lists}
     *
     * @param file its name in messages
     * @param text of it
     * @throws LabException where it lists none
     */
    public static ClaimList read(final String file, final String text) {
        final TomlTable top = TomlTable.parse(text, (place, reason) -> new LabException(file, place, reason));
        final Map<String, Source> known = new TreeMap<>();
        final TomlTable sources = top.table("source");
        for (final String key : sources.keys()) {
            final TomlTable one = sources.table(key);
            known.put(key, new Source(one.text("name"), one.text("title")));
            one.end();
        }
        final TomlTable table = top.table("row");
        final List<ClaimRow> rows = new ArrayList<>();
        for (final String id : table.keys()) {
            if (!ID.matcher(id).matches() || rows.size() == MOST_ROWS) {
                throw table.wrong(id, "at most " + MOST_ROWS + " rows, named by numbers, perhaps with a letter");
            }
            rows.add(row(id, table.table(id), known));
        }
        top.end();
        return new ClaimList(rows);
    }

    private static ClaimRow row(final String id, final TomlTable table, final Map<String, Source> known) {
        final String source = table.text("source");
        if (!known.containsKey(source)) {
            throw table.wrong("source", "no such source: " + source);
        }
        final ClaimRow row = new ClaimRow(id, known.get(source).name, known.get(source).title,
                table.text("mechanism"), table.text("claim"), table.text("baseline"),
                table.has("undecidable") ? Optional.of(table.text("undecidable")) : Optional.empty());
        table.end();
        return row;
    }

    /**
     * {@return some of the rows, in the file's order}
     *
     * @param ids which; none stands for all
     * @throws LabException if there is no such row
     */
    public ClaimList only(final List<String> ids) {
        final Set<String> unknown = new HashSet<>(ids);
        rows.forEach(row -> unknown.remove(row.id()));
        if (!unknown.isEmpty()) {
            throw new LabException("claims", "", "no such row: " + ids.stream().filter(unknown::contains).findFirst()
                    .orElseThrow());
        }
        return ids.isEmpty() ? this : new ClaimList(rows.stream().filter(row -> ids.contains(row.id())).toList());
    }
}
