package ringside.profiler.profile;

import java.util.List;
import java.util.Objects;

/**
 * What to measure in a stream of events. Windows count only inside a trial, between a {@code begins} and an
 * {@code ends} probe.
 *
 * @param begins      kind of the probe that begins a trial; its registers are the trial's arguments. Empty where the
 *                    whole run is one, which only {@link CpuWindows} knows
 * @param ends        kind of the probe that ends it
 * @param windows     the windows; they may nest and overlap
 * @param phasePrefix probe kinds that start with this mark phases, e.g. {@code phase_}
 * @param phases      phases in the order of reports, named as their probes are after the prefix; each is reported
 *                    even where it cost nothing. A phase that an image has and this list has not comes after them
 * @param warmUp      rounds of each window at the start of a trial that are not measured
 */
public record WindowPlan(
        String begins, String ends, List<WindowSpec> windows, String phasePrefix, List<String> phases, int warmUp) {
    /** Copies the lists and refuses a negative warm-up. */
    public WindowPlan {
        Objects.requireNonNull(begins, "begins");
        Objects.requireNonNull(ends, "ends");
        Objects.requireNonNull(phasePrefix, "phasePrefix");
        windows = List.copyOf(windows);
        phases = List.copyOf(phases);
        if (warmUp < 0) {
            throw new IllegalArgumentException("a warm-up has no negative length: warmUp=" + warmUp);
        }
    }
}
