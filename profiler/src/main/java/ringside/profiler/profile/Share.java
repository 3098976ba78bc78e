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
 * @param causes       of those cycles
 */
public record Share(String name, long count, long instructions, long cycles, CauseCycles causes) {
    /** Refuses a missing name. */
    public Share {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(causes, "causes");
    }

    /**
     * A share of cycles without causes.
     *
     * @param name         of it
     * @param count        how often it happened
     * @param instructions retired in it
     * @param cycles       of the profile's model
     */
    public Share(final String name, final long count, final long instructions, final long cycles) {
        this(name, count, instructions, cycles, CauseCycles.NONE);
    }

    /** {@return them by falling cycles, then instructions, then by name} */
    static List<Share> sorted(final List<Share> shares) {
        return shares.stream().sorted(Comparator.comparingLong(Share::cycles).reversed()
            .thenComparing(Comparator.comparingLong(Share::instructions).reversed())
            .thenComparing(Share::name)).toList();
    }
}
