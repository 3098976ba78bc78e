package ringside.profiler.calibrate;

/** What measuring a snippet on the host's CPU came to. */
public sealed interface NativeResult {
    /**
     * A figure that repeats.
     *
     * @param cycles   core cycles of an iteration: the median of the runs' medians
     * @param spread   of the runs, largest less smallest over the median
     * @param accepted samples that counted
     * @param rejected samples that did not
     */
    record Measured(double cycles, double spread, int accepted, int rejected) implements NativeResult {
    }

    /**
     * No figure.
     *
     * @param reason in words
     * @param again  whether it was the host's doing alone, so that there may be a figure another time
     */
    record Dropped(String reason, boolean again) implements NativeResult {
    }
}
