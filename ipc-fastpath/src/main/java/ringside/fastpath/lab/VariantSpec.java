package ringside.fastpath.lab;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How one variant's image differs from the others'.
 *
 * @param name      what results call it
 * @param baseline  whether the others are compared with it
 * @param sources   paths of units beside those that all have, as {@link LabFiles} knows them
 * @param constants for the conditionals of all units
 * @param features  of Bantam, e.g. {@code fastpath} to {@code slow}
 * @param replaces  units of Bantam with those that take their places
 * @param generator class name of a {@link ringside.fastpath.codegen.SlotGenerator}
 */
public record VariantSpec(String name, boolean baseline, List<String> sources, SortedMap<String, Long> constants,
        Map<String, String> features, Map<String, String> replaces, Optional<String> generator) {
    /** Copies the collections. */
    public VariantSpec {
        Objects.requireNonNull(name, "name");
        sources = List.copyOf(sources);
        constants = Collections.unmodifiableSortedMap(new TreeMap<>(constants));
        features = Map.copyOf(features);
        replaces = Map.copyOf(replaces);
        Objects.requireNonNull(generator, "generator");
    }
}
