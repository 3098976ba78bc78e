package ringside.emulator.engine;

/**
 * Why an engine came back from running.
 *
 * @param reason  why
 * @param address for {@link Reason#NO_MEMORY} the instruction, virtual; 0 otherwise
 */
public record EngineExit(Reason reason, long address) {
    /** Why an engine came back. */
    public enum Reason {
        /** The guest executed HLT; RIP is after it. */
        HALTED,
        /** {@link CpuEngine#stop()} was called; RIP is the next instruction to run. */
        STOPPED,
        /** A fault while delivering a double fault (Intel SDM volume 3, 6.15, interrupt 8). */
        TRIPLE_FAULT,
        /** The guest jumped to where there is no RAM to execute from. */
        NO_MEMORY
    }
}
