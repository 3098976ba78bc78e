package ringside.profiler.profile;

import java.util.Objects;

/**
 * What one phase of the kernel's path cost in one window.
 *
 * @param name         as in the plan
 * @param instructions kernel instructions after this phase's mark and before the next mark or the way out
 * @param cycles       of the cycle model, for those instructions
 */
public record PhaseShare(String name, long instructions, long cycles) {
    /** Refuses a phase without a name. */
    public PhaseShare {
        Objects.requireNonNull(name, "name");
    }
}
