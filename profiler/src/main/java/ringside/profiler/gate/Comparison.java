package ringside.profiler.gate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import ringside.profiler.gate.MetricChange.Fate;

/**
 * A run held against a baseline.
 *
 * @param models cycle models whose versions differ, {@code zen4-2 -> zen4-3} by name; their cycles say nothing about
 *               the code
 * @param paths  each path of either, by name
 */
public record Comparison(SortedMap<String, String> models, List<PathChange> paths) {
    /** The order of reports: what could not be measured, then what grew by the largest share. */
    public static final Comparator<PathChange> WORST_FIRST =
            Comparator.comparing((PathChange path) -> path.problem().isEmpty())
                    .thenComparing(Comparator.comparingDouble(PathChange::worst).reversed())
                    .thenComparing(PathChange::name);

    private static final String COUNTER = "counter.";
    private static final List<String> EITHER_WAY = List.of("rounds", "disturbed");

    /** Copies the collections. */
    public Comparison {
        models = new TreeMap<>(models);
        paths = List.copyOf(paths);
    }

    /**
     * {@return what changed}
     *
     * @param before the baseline
     * @param after  the run
     * @param policy what may change
     */
    public static Comparison of(final Measurements before, final Measurements after, final GatePolicy policy) {
        return of(before, after, policy, Map.of());
    }

    /**
     * {@return what changed}
     *
     * @param before   the baseline
     * @param after    the run
     * @param policy   what may change
     * @param problems why paths could not be measured, by their names
     */
    public static Comparison of(final Measurements before, final Measurements after, final GatePolicy policy,
            final Map<String, String> problems) {
        final SortedMap<String, String> models = new TreeMap<>();
        after.models().forEach((name, version) -> {
            final String old = before.models().get(name);
            if (old != null && !old.equals(version)) {
                models.put(name, old + " -> " + version);
            }
        });
        final TreeSet<String> names = new TreeSet<>(before.paths().keySet());
        names.addAll(after.paths().keySet());
        names.addAll(problems.keySet());
        final List<PathChange> paths = new ArrayList<>();
        for (final String name : names) {
            paths.add(path(name, before.paths().get(name), after.paths().get(name), policy,
                    Optional.ofNullable(problems.get(name))));
        }
        return new Comparison(models, paths);
    }

    private static PathChange path(final String name, final MeasuredPath before, final MeasuredPath after,
            final GatePolicy policy, final Optional<String> problem) {
        final SortedMap<String, Long> old = before == null ? new TreeMap<>() : before.metrics();
        final SortedMap<String, Long> now = after == null ? new TreeMap<>() : after.metrics();
        final TreeSet<String> metrics = new TreeSet<>(old.keySet());
        metrics.addAll(now.keySet());
        final List<MetricChange> changes = new ArrayList<>();
        for (final String metric : metrics) {
            final Limit limit = policy.limits().of(name, metric);
            changes.add(new MetricChange(metric, number(old, metric), number(now, metric), limit,
                    fate(name, metric, old.get(metric), now.get(metric), limit, policy)));
        }
        return new PathChange(name, Optional.ofNullable(before), Optional.ofNullable(after), changes, problem);
    }

    private static OptionalLong number(final SortedMap<String, Long> metrics, final String metric) {
        final Long value = metrics.get(metric);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static Fate fate(final String path, final String metric, final Long before, final Long after,
            final Limit limit, final GatePolicy policy) {
        if (before == null) {
            return GatePolicy.declares(policy.mayBeNew(), path, metric) ? Fate.NEW_DECLARED : Fate.NEW;
        }
        if (after == null) {
            return GatePolicy.declares(policy.mayBeGone(), path, metric) ? Fate.MISSING_DECLARED : Fate.MISSING;
        }
        if (before.equals(after)) {
            return Fate.SAME;
        }
        if (metric.startsWith(COUNTER) || EITHER_WAY.contains(metric)) {
            return limit.any() || limit.allows(before, before + Math.abs(after - before))
                    && !limit.equals(Limit.EXACT) ? Fate.WITHIN : Fate.OTHER;
        }
        if (after < before) {
            return policy.recordGains() && !limit.any() ? Fate.UNRECORDED : Fate.BETTER;
        }
        return limit.allows(before, after) ? Fate.WITHIN : Fate.WORSE;
    }

    /** {@return whether the gate stays shut} */
    public boolean fails() {
        return !models.isEmpty() || paths.stream().anyMatch(PathChange::fails);
    }

    /** {@return the paths for which the gate stays shut, those that grew by the largest share first} */
    public List<PathChange> failures() {
        return paths.stream().filter(PathChange::fails).sorted(WORST_FIRST).toList();
    }
}
