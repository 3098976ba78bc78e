package ringside.profiler.profile;

import java.util.Optional;
import ringside.profiler.model.Cause;

/**
 * One executed instruction of a round, as a cycle model saw it.
 *
 * @param address virtual
 * @param level   privilege level, 0 or 3
 * @param phase   the phase it counts under, empty where it has none
 * @param cycles  it cost
 * @param cause   of these cycles; empty where the model names none
 */
public record RoundStep(long address, int level, String phase, long cycles, Optional<Cause> cause) {
}
