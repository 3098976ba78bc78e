package ringside.console.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A small chart's line: one place for each run, a straight way from value to value. */
final class LineChart {
    private static final double WIDTH = 300;
    private static final double HEIGHT = 60;
    private static final double MARGIN = 6;

    private final int places;
    private final double least;
    private final double span;
    private final StringBuilder path = new StringBuilder();
    private final List<Map<String, Object>> points = new ArrayList<>();

    LineChart(final int places, final long least, final long most) {
        this.places = places;
        this.least = least;
        span = Math.max(1, (double) most - least);
    }

    /** {@code marked} is drawn as the one that the report is about. */
    void add(final int place, final long value, final String title, final boolean marked) {
        final String x = number(MARGIN + (places < 2 ? WIDTH / 2 : WIDTH * place / (places - 1)));
        final String y = number(MARGIN + HEIGHT - HEIGHT * ((double) value - least) / span);
        path.append(path.isEmpty() ? 'M' : 'L').append(x).append(' ').append(y);
        points.add(Values.of("x", x, "y", y, "title", title, "kind", marked ? "own" : "past",
            "radius", marked ? 4 : 3));
    }

    String path() {
        return path.toString();
    }

    List<Map<String, Object>> points() {
        return points;
    }

    private static String number(final double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
