package ringside.profiler.profile;

import java.util.List;
import java.util.Objects;

/**
 * What one window cost. The kernel share is every instruction that retired at level 0; the user share is the rest,
 * the SYSCALL instruction itself included, since it retires at the level it leaves. Phases divide the kernel share:
 * {@code residue} is what of it no phase accounts for, so phases and residue always add up to it.
 *
 * @param kernelInstructions retired at level 0
 * @param userInstructions   retired at level 3
 * @param kernelCycles       of the cycle model, for the kernel share
 * @param cycles             of the cycle model, from the clock before the first instruction to that after the last
 * @param data               the kernel's data accesses
 * @param phases             in the plan's order
 * @param residue            kernel instructions under no phase
 */
public record WindowCounts(
        long kernelInstructions, long userInstructions, long kernelCycles, long cycles, DataFootprint data,
        List<PhaseShare> phases, long residue) {
    /** Copies the list. */
    public WindowCounts {
        Objects.requireNonNull(data, "data");
        phases = List.copyOf(phases);
    }

    /** {@return all instructions, of kernel and user} */
    public long instructions() {
        return kernelInstructions + userInstructions;
    }

    /** {@return cycles of the kernel share that no phase accounts for} */
    public long residueCycles() {
        return kernelCycles - phases.stream().mapToLong(PhaseShare::cycles).sum();
    }
}
