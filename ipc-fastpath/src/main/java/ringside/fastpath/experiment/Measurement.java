package ringside.fastpath.experiment;

import java.util.Objects;
import ringside.profiler.profile.WindowCounts;
import ringside.profiler.profile.WindowProfile;

/**
 * One path and what it cost.
 *
 * @param path   which
 * @param window its profile: counts, phases, instructions in order
 */
public record Measurement(PathKey path, WindowProfile window) {
    /** Refuses a missing part. */
    public Measurement {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(window, "window");
    }

    /** {@return what one execution cost} */
    public WindowCounts counts() {
        return window.counts();
    }
}
