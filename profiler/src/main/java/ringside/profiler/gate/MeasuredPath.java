package ringside.profiler.gate;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one path cost.
 *
 * @param name    unique in its gate, words joined by slashes
 * @param metrics by name; less is better, but of a {@code counter.}, of {@code rounds} and {@code disturbed} only the
 *                same is good
 * @param causes  cycles by cause: of the settled round by {@code MODEL.CAUSE}, of the cold and the first one by
 *                {@code cold.MODEL.CAUSE} and {@code first.MODEL.CAUSE}; they explain and are not held against anything
 * @param places  where the routines of the shown round were, in the order in which they were first executed; they
 *                explain, too, and are empty where no cycles were counted
 * @param steps   instructions of the shown round in the order they retired; empty where they were not kept
 */
public record MeasuredPath(String name, SortedMap<String, Long> metrics, SortedMap<String, Long> causes,
        List<CodePlace> places, List<GateStep> steps) {
    /** Instructions of one path that are kept; a longer one has numbers alone. */
    public static final int MOST_STEPS = 4096;
    /** Routines of one path whose places are kept: the first ones. */
    public static final int MOST_PLACES = 256;

    /** Copies the collections, and leaves out the steps of a path that is too long. */
    public MeasuredPath {
        Objects.requireNonNull(name, "name");
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
        causes = Collections.unmodifiableSortedMap(new TreeMap<>(causes));
        places = List.copyOf(places.subList(0, Math.min(MOST_PLACES, places.size())));
        steps = steps.size() > MOST_STEPS ? List.of() : List.copyOf(steps);
    }
}
