package ringside.console.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A table that grows column by column, as long as there is room for one. */
final class TextColumns {
    private static final String GAP = "  ";

    private final int width;
    private final List<StringBuilder> lines = new ArrayList<>();
    private boolean full;

    TextColumns(final int width) {
        this.width = width;
    }

    /** A column of texts, to the left. */
    <T> void text(final String title, final List<T> rows, final Function<T, String> cell) {
        append(cells(title, rows, cell), true);
    }

    /** A column of numbers that is always there. */
    <T> void wanted(final String title, final List<T> rows, final Function<T, String> cell) {
        append(cells(title, rows, cell), false);
    }

    /** A column of numbers that is there if it fits, and all such before it did. */
    <T> void optional(final String title, final List<T> rows, final Function<T, String> cell) {
        final List<String> cells = cells(title, rows, cell);
        full |= !lines.isEmpty() && lines.getFirst().length() + GAP.length() + longest(cells) > width;
        if (!full) {
            append(cells, false);
        }
    }

    List<String> lines() {
        return lines.stream().map(StringBuilder::toString).toList();
    }

    private static <T> List<String> cells(final String title, final List<T> rows, final Function<T, String> cell) {
        final List<String> cells = new ArrayList<>(List.of(title));
        rows.stream().map(cell).forEach(cells::add);
        return cells;
    }

    private void append(final List<String> cells, final boolean left) {
        final int longest = longest(cells);
        for (int i = 0; i < cells.size(); i++) {
            if (i == lines.size()) {
                lines.add(new StringBuilder());
            }
            final StringBuilder line = lines.get(i);
            final String blank = " ".repeat(longest - cells.get(i).length());
            line.append(line.isEmpty() ? "" : GAP);
            line.append(left ? cells.get(i) + blank : blank + cells.get(i));
        }
    }

    private static int longest(final List<String> cells) {
        return cells.stream().mapToInt(String::length).max().orElse(0);
    }
}
