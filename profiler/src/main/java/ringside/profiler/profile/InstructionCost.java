package ringside.profiler.profile;

import java.util.Objects;

/**
 * What one instruction took on one CPU, in one address space, at one level.
 *
 * @param address    virtual
 * @param routine    that holds it; in brackets where none is known
 * @param cpu        vCPU
 * @param level      0 or 3
 * @param space      root of the page tables, {@link #OTHER_SPACES} for those that were too many to tell apart
 * @param executions how often it retired
 * @param cycles     of the profile's model, all together
 * @param causes     of those cycles
 */
public record InstructionCost(long address, String routine, int cpu, int level, long space, long executions,
                              long cycles, CauseCycles causes) {
    /** No root, for none has its lowest bit. */
    public static final long OTHER_SPACES = 1;

    /** Refuses a missing routine. */
    public InstructionCost {
        Objects.requireNonNull(routine, "routine");
        Objects.requireNonNull(causes, "causes");
    }
}
