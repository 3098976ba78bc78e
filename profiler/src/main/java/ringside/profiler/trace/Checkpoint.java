package ringside.profiler.trace;

import java.util.List;
import java.util.Objects;

/**
 * A machine at one place of a recorded run.
 *
 * @param steps     before it
 * @param cycles    of the vCPU that is farthest
 * @param cpu       the vCPU whose turn it is
 * @param hash      the state hash, 64 hex digits
 * @param registers of each vCPU, as the head names them; not to be changed
 */
public record Checkpoint(long steps, long cycles, int cpu, String hash, List<long[]> registers) {
    /** Copies the list. */
    public Checkpoint {
        Objects.requireNonNull(hash, "hash");
        registers = List.copyOf(registers);
        if (steps < 0 || cycles < 0 || cpu < 0 || cpu >= registers.size()) {
            throw new IllegalArgumentException(
                    "a checkpoint is somewhere: steps=" + steps + " cycles=" + cycles + " cpu=" + cpu);
        }
    }
}
