package ringside.profiler.gate;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Why a number of cycles is not what it was.
 *
 * @param metric the number, {@code settled.MODEL}, {@code cold.MODEL} or {@code first.MODEL}
 * @param kept   whether both sides say what the round's cycles were due to
 * @param causes cycles more by cause, less than 0 where they are less; without those that are the same
 */
public record CauseChange(String metric, boolean kept, SortedMap<String, Long> causes) {
    private static final String SETTLED = "settled.";
    private static final List<String> ROUNDS = List.of(SETTLED, "cold.", "first.");

    /** Copies the map. */
    public CauseChange {
        Objects.requireNonNull(metric, "metric");
        causes = Collections.unmodifiableSortedMap(new TreeMap<>(causes));
    }

    /** {@return whether a metric counts cycles of a model} */
    static boolean isOf(final String metric) {
        return ROUNDS.stream().anyMatch(metric::startsWith);
    }

    /** {@return what its cycles have more} */
    static CauseChange of(final String metric, final MeasuredPath before, final MeasuredPath after) {
        final Optional<SortedMap<String, Long>> old = causes(metric, before);
        final Optional<SortedMap<String, Long>> now = causes(metric, after);
        final SortedMap<String, Long> more = new TreeMap<>(now.orElse(new TreeMap<>()));
        old.orElse(new TreeMap<>()).forEach((cause, cycles) -> more.merge(cause, -cycles, Long::sum));
        more.values().removeIf(cycles -> cycles == 0);
        final boolean kept = old.isPresent() && now.isPresent();
        return new CauseChange(metric, kept, kept ? more : new TreeMap<>());
    }

    /** Those of the settled round have the model's name alone before them. */
    private static Optional<SortedMap<String, Long>> causes(final String metric, final MeasuredPath path) {
        final String prefix = (metric.startsWith(SETTLED) ? metric.substring(SETTLED.length()) : metric) + ".";
        final SortedMap<String, Long> causes = new TreeMap<>();
        path.causes().forEach((name, cycles) -> {
            if (name.startsWith(prefix) && name.indexOf('.', prefix.length()) < 0) {
                causes.put(name.substring(prefix.length()), cycles);
            }
        });
        final boolean none = causes.isEmpty() && path.metrics().getOrDefault(metric, 0L) != 0;
        return none ? Optional.empty() : Optional.of(causes);
    }
}
