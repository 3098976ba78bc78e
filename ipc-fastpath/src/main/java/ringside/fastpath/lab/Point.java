package ringside.fastpath.lab;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * One combination of what is swept.
 *
 * @param values by parameter, in the declaration's order
 */
public record Point(SequencedMap<String, Long> values) {
    /** Copies the map. */
    public Point {
        values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }

    /** {@return a parameter's value, or another where it is not swept} */
    public long get(final String name, final long otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /** {@return with a parameter more} */
    Point with(final String name, final long value) {
        final LinkedHashMap<String, Long> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Point(more);
    }

    /**
     * {@return whether some parameters have these values here}
     *
     * @param wanted by parameter
     */
    public boolean has(final Map<String, Long> wanted) {
        return wanted.entrySet().stream().allMatch(one -> one.getValue().equals(values.get(one.getKey())));
    }

    @Override
    public String toString() {
        return values.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).collect(Collectors.joining(" "));
    }
}
