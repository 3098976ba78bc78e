package ringside.fastpath.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What every path cost under one cycle model.
 *
 * @param model its name and version
 * @param paths in the order of results
 */
public record ModelCycles(String model, SequencedMap<PathKey, PathCycles> paths) {
    /** Copies the map and wants every path of the variants that are in it. */
    public ModelCycles {
        final SequencedMap<PathKey, PathCycles> ordered = new LinkedHashMap<>();
        final Set<Variant> variants = paths.keySet().stream().map(PathKey::variant).collect(Collectors.toSet());
        for (final PathKey key : PathKey.all().stream().filter(one -> variants.contains(one.variant())).toList()) {
            if (!paths.containsKey(key)) {
                throw new GuestFailedException(key.variant() + ": the guest ended without measuring " + key);
            }
            ordered.put(key, paths.get(key));
        }
        paths = Collections.unmodifiableSequencedMap(ordered);
    }

    /**
     * {@return what a path cost}
     *
     * @param key any path of {@link PathKey#all}
     */
    public PathCycles get(final PathKey key) {
        final Map<PathKey, PathCycles> all = paths;
        return all.get(key);
    }
}
