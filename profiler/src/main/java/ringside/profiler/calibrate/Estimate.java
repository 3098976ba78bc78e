package ringside.profiler.calibrate;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What a model says of a snippet.
 *
 * @param cycles of an iteration, or nothing
 * @param note   why there is nothing; else empty
 */
public record Estimate(OptionalDouble cycles, String note) {
    /** Refuses missing parts. */
    public Estimate {
        Objects.requireNonNull(cycles, "cycles");
        Objects.requireNonNull(note, "note");
    }

    /**
     * {@return a figure}
     *
     * @param cycles of an iteration
     */
    public static Estimate of(final double cycles) {
        return new Estimate(OptionalDouble.of(cycles), "");
    }

    /**
     * {@return no figure}
     *
     * @param why in a few words
     */
    public static Estimate none(final String why) {
        return new Estimate(OptionalDouble.empty(), why);
    }
}
