package ringside.profiler.gate;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What all paths of a gate cost: what a baseline keeps and a run finds.
 *
 * @param models name and version of each cycle model by the name that metrics have for it, e.g. {@code zen4-3} by
 *               {@code zen4}
 * @param paths  by name
 */
public record Measurements(SortedMap<String, String> models, SortedMap<String, MeasuredPath> paths) {
    /** Copies the maps. */
    public Measurements {
        models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
        paths = Collections.unmodifiableSortedMap(new TreeMap<>(paths));
    }
}
