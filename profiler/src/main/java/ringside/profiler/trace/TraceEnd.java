package ringside.profiler.trace;

import java.util.Objects;

/**
 * How a recorded run ended.
 *
 * @param over   whether the guest's run is over, and not only its budget or the recording
 * @param result in words
 */
public record TraceEnd(boolean over, String result) {
    /** Refuses an end without words. */
    public TraceEnd {
        Objects.requireNonNull(result, "result");
    }
}
