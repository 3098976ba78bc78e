package ringside.profiler.gate;

import java.util.List;
import java.util.Objects;
import ringside.profiler.gate.Limits.NamePattern;

/**
 * What a gate lets through.
 *
 * @param limits     how much more a number may be
 * @param mayBeNew   paths, or {@code PATH metric}s, that a baseline need not have
 * @param mayBeGone  paths, or {@code PATH metric}s, that a run need not have
 * @param recordGains whether a number that is less has to be written into the baseline
 */
public record GatePolicy(Limits limits, List<NamePattern> mayBeNew, List<NamePattern> mayBeGone, boolean recordGains) {
    /** Nothing may change but for the better. */
    public static final GatePolicy STRICT = new GatePolicy(Limits.EXACT, List.of(), List.of(), false);

    /** Copies the lists. */
    public GatePolicy {
        Objects.requireNonNull(limits, "limits");
        mayBeNew = List.copyOf(mayBeNew);
        mayBeGone = List.copyOf(mayBeGone);
    }

    static boolean declares(final List<NamePattern> patterns, final String path, final String metric) {
        return patterns.stream().anyMatch(pattern -> pattern.fits(path) || pattern.fits(path + " " + metric));
    }
}
