package ringside.console.repl.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table of texts, each column as wide as it must be. */
final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(final String... titles) {
        rows.add(Arrays.asList(titles));
    }

    /** Adds a row. */
    void row(final String... cells) {
        rows.add(Arrays.asList(cells));
    }

    /** {@return its lines, at most so wide: what is more of the last column is cut off} */
    List<String> lines(final int width) {
        return lines().stream().map(line -> line.length() <= width ? line : line.substring(0, width - 1) + "~")
            .toList();
    }

    /** {@return its lines} */
    List<String> lines() {
        final int columns = rows.getFirst().size();
        final int[] widths = new int[columns];
        for (final List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        final List<String> lines = new ArrayList<>();
        for (final List<String> row : rows) {
            final StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(line.isEmpty() ? "" : "  ").append(row.get(i))
                    .append(" ".repeat(widths[i] - row.get(i).length()));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
