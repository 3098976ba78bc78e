package ringside.profiler.profile;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What something took of a run.
 *
 * @param name         of it
 * @param count        how often it happened, 0 where that is not counted
 * @param instructions retired in it
 * @param cycles       of the profile's model
 */
public record Share(String name, long count, long instructions, long cycles) {
    /** Refuses a missing name. */
    public Share {
        Objects.requireNonNull(name, "name");
    }

    /** {@return them by falling cycles, then instructions, then by name} */
    static List<Share> sorted(final List<Share> shares) {
        return shares.stream().sorted(Comparator.comparingLong(Share::cycles).reversed()
            .thenComparing(Comparator.comparingLong(Share::instructions).reversed())
            .thenComparing(Share::name)).toList();
    }
}
