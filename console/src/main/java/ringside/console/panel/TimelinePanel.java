package ringside.console.panel;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Where a guest stands in its history, by steps.
 *
 * <pre>
 *   history  4100:0 of 9000 steps, 2 snapshots +, 1 bookmark ^
 *   +━━━━━━━━━━━━━━━━━━━━●╌╌╌╌╌╌╌╌╌+╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
 *            ^call
 * </pre>
 *
 * @param position  where it stands, as people write it
 * @param step      how many steps come before that
 * @param end       how many steps are known at least, at most 2^62
 * @param snapshots steps of places from which ways back begin
 * @param bookmarks steps of places with names
 */
public record TimelinePanel(String position, long step, long end, List<Long> snapshots, Map<String, Long> bookmarks)
        implements Panel {
    private static final char PAST = '━';
    private static final char FUTURE = '╌';
    private static final char SNAPSHOT = '+';
    private static final char HERE = '●';

    /** Copies the collections. */
    public TimelinePanel {
        Objects.requireNonNull(position, "position");
        snapshots = List.copyOf(snapshots);
        bookmarks = Map.copyOf(bookmarks);
    }

    @Override
    public String title() {
        return "history: " + position + " of " + Math.max(step, end) + " steps, " + count(snapshots.size(), "snapshot")
            + " +" + (bookmarks.isEmpty() ? "" : ", " + count(bookmarks.size(), "bookmark") + " ^");
    }

    private static String count(final int number, final String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** {@return lines that it needs} */
    int height() {
        return bookmarks.isEmpty() ? 1 : 2;
    }

    @Override
    public List<Line> lines(final int width, final int height) {
        final char[] bar = new char[width];
        Arrays.fill(bar, FUTURE);
        final int here = column(step, width);
        Arrays.fill(bar, 0, here, PAST);
        snapshots.forEach(one -> bar[column(one, width)] = SNAPSHOT);
        bar[here] = HERE;
        final String text = new String(bar);
        final Line line = new Line(List.of(new Line.Piece(text.substring(0, here), Tone.PLAIN),
            new Line.Piece(text.substring(here, here + 1), Tone.HERE),
            new Line.Piece(text.substring(here + 1), Tone.FAINT)));
        return Line.fit(List.of(line, Line.of(names(width))), width, height);
    }

    private int column(final long place, final int width) {
        final long whole = Math.max(1, Math.max(step, end));
        return (int) Math.round((double) Math.clamp(place, 0, whole) / whole * (width - 1));
    }

    /** Names under their places, as far as there is room; a name to the left goes first. */
    private String names(final int width) {
        final StringBuilder text = new StringBuilder();
        final Map<Long, String> byPlace = new TreeMap<>();
        new TreeMap<>(bookmarks).forEach((name, place) ->
            byPlace.merge(place, name, (one, other) -> one + "," + other));
        byPlace.forEach((place, name) -> {
            final int column = column(place, width);
            final String mark = "^" + Line.columns(name);
            // Where the name would reach beyond the edge it stands to the left of its mark.
            final int begin = column + mark.length() <= width ? column
                : Math.max(0, width - mark.length());
            if (begin > text.length() || text.isEmpty() && begin == 0) {
                text.append(" ".repeat(begin - text.length())).append(begin == column ? mark
                    : Line.columns(name) + "^");
            }
        });
        return text.toString();
    }
}
