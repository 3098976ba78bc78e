package ringside.profiler.profile;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import ringside.profiler.model.Cause;

/**
 * Cycles by what they are due to. Empty where the cycles are of a model that knows no causes.
 *
 * @param cycles of each cause that has any; in a difference also less than 0
 */
public record CauseCycles(Map<Cause, Long> cycles) {
    /** Of no cause at all. */
    public static final CauseCycles NONE = new CauseCycles(Map.of());

    /** Copies the map, in the order of causes. */
    public CauseCycles {
        final EnumMap<Cause, Long> own = new EnumMap<>(Cause.class);
        cycles.forEach((cause, some) -> {
            if (some != 0) {
                own.put(cause, some);
            }
        });
        cycles = own.isEmpty() ? Map.of() : Collections.unmodifiableMap(own);
    }

    /** {@return cycles of one cause alone} */
    static CauseCycles only(final Cause cause, final long cycles) {
        return cycles == 0 ? NONE : new CauseCycles(Map.of(cause, cycles));
    }

    /** {@return whether no cause has any} */
    public boolean isEmpty() {
        return cycles.isEmpty();
    }

    /** {@return cycles of a cause} */
    public long of(final Cause cause) {
        return cycles.getOrDefault(cause, 0L);
    }

    /** {@return cycles of all causes} */
    public long total() {
        return cycles.values().stream().mapToLong(Long::longValue).sum();
    }

    /** {@return the cause of most of them, of equals the one that is declared first} */
    public Optional<Cause> main() {
        Cause most = null;
        for (final Map.Entry<Cause, Long> one : cycles.entrySet()) {
            most = most == null || one.getValue() > of(most) ? one.getKey() : most;
        }
        return Optional.ofNullable(most);
    }

    /** {@return these and others together} */
    public CauseCycles plus(final CauseCycles others) {
        return isEmpty() ? others : others.isEmpty() ? this : with(others, 1);
    }

    /** {@return what these have more than others} */
    public CauseCycles minus(final CauseCycles others) {
        return others.isEmpty() ? this : with(others, -1);
    }

    private CauseCycles with(final CauseCycles others, final long factor) {
        final EnumMap<Cause, Long> sum = new EnumMap<>(Cause.class);
        sum.putAll(cycles);
        others.cycles.forEach((cause, some) -> sum.merge(cause, factor * some, Long::sum));
        return new CauseCycles(sum);
    }
}
