package ringside.console.history;

import java.util.Comparator;
import java.util.Objects;

/**
 * One number that every run measures again.
 *
 * @param path   name of the path
 * @param metric name of the number
 */
public record Series(String path, String metric) implements Comparable<Series> {
    private static final Comparator<Series> ORDER =
        Comparator.comparing(Series::path).thenComparing(Series::metric);

    /** Refuses missing parts. */
    public Series {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(metric, "metric");
    }

    @Override
    public int compareTo(final Series other) {
        return ORDER.compare(this, other);
    }
}
