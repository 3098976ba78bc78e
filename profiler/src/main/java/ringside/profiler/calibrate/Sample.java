package ringside.profiler.calibrate;

/**
 * One call of a snippet with what surrounds it, in ticks of the time stamp counter.
 *
 * @param clockBefore  the chain of dependent adds before the call
 * @param canaryBefore the independent adds before it
 * @param work         the call
 * @param canaryAfter  the independent adds behind it
 * @param clockAfter   the chain behind it
 */
record Sample(long clockBefore, long canaryBefore, long work, long canaryAfter, long clockAfter) {
    /** {@return core cycles of a tick, by the chain before and the one behind} */
    double cyclesPerTick() {
        return 2.0 * TimerCode.CHAIN_CYCLES / (clockBefore + clockAfter);
    }

    /** {@return core cycles of the call} */
    double workCycles() {
        return work * cyclesPerTick();
    }

    /** {@return core cycles of a round of the canary before} */
    double canaryBeforeCycles() {
        return canaryBefore * cyclesPerTick() / TimerCode.CANARY_ROUNDS;
    }

    /** {@return core cycles of a round of the canary behind} */
    double canaryAfterCycles() {
        return canaryAfter * cyclesPerTick() / TimerCode.CANARY_ROUNDS;
    }
}
