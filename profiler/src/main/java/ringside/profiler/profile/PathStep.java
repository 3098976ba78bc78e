package ringside.profiler.profile;

import java.util.Objects;

/**
 * One executed instruction of a window.
 *
 * @param address virtual
 * @param level   privilege level, 0 or 3
 * @param phase   the phase it counts under, empty where it has none
 * @param cycles  of the cycle model
 */
public record PathStep(long address, int level, String phase, long cycles) {
    /** Refuses a missing phase. */
    public PathStep {
        Objects.requireNonNull(phase, "phase");
    }
}
