package ringside.profiler.profile;

import java.util.Objects;

/**
 * One execution of a window on one CPU.
 *
 * @param number             of the execution in its trial and on its CPU, from 1 on
 * @param disturbance        what fell into it, empty where nothing did
 * @param kernelInstructions retired at level 0
 * @param userInstructions   retired at level 3
 * @param cycles             from the clock before its first instruction to that after its last
 * @param data               accesses at all levels
 * @param causes             of the cycles; empty where no model says
 * @param otherCycles        cycles of no instruction: what was delivered or waited for in between
 * @param route              a number that stands for the addresses of its instructions in their order
 * @param path               its instructions where they were asked for, else {@link RoundPath#UNKNOWN}
 */
public record CpuRound(int number, String disturbance, long kernelInstructions, long userInstructions, long cycles,
        DataFootprint data, CauseCycles causes, long otherCycles, long route, RoundPath path) {
    /** Refuses missing parts. */
    public CpuRound {
        Objects.requireNonNull(disturbance, "disturbance");
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(causes, "causes");
        Objects.requireNonNull(path, "path");
    }

    /** {@return all instructions, of kernel and user} */
    public long instructions() {
        return kernelInstructions + userInstructions;
    }

    /** {@return the same without its instructions} */
    CpuRound withoutPath() {
        return new CpuRound(number, disturbance, kernelInstructions, userInstructions, cycles, data, causes,
                otherCycles, route, RoundPath.UNKNOWN);
    }
}
