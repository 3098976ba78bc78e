package ringside.emulator.machine;

/** Why a run ended. What the guest did wrong is a value here, never an exception. */
public sealed interface RunResult {
    /** {@return one line for a person} */
    String describe();

    /**
     * The guest wrote the debug-exit port.
     *
     * @param code what it wrote
     */
    record Exited(int code) implements RunResult {
        @Override
        public String describe() {
            return "the guest exited with code " + code;
        }
    }

    /**
     * The guest halted and nothing will wake it.
     *
     * @param rip after the HLT, virtual
     */
    record Halted(long rip) implements RunResult {
        @Override
        public String describe() {
            return "the guest halted for ever at rip=0x" + Long.toHexString(rip);
        }
    }

    /**
     * The budget is used up; the machine can run on.
     *
     * @param rip the next instruction, virtual
     */
    record BudgetSpent(long rip) implements RunResult {
        @Override
        public String describe() {
            return "the budget is spent; the guest is at rip=0x" + Long.toHexString(rip);
        }
    }

    /**
     * The CPU shut down: an exception could not be delivered, nor the double fault that follows.
     *
     * @param first  the exception that began it
     * @param rip    where it happened, virtual
     * @param second the exception that its delivery raised, or 8 where the double fault came at once
     */
    record TripleFault(GuestFault first, long rip, int second) implements RunResult {
        @Override
        public String describe() {
            return "the guest triple-faulted: " + first.describe() + " at rip=0x" + Long.toHexString(rip)
                    + " could not be delivered, nor could the double fault";
        }
    }

    /**
     * The guest jumped to a physical address where there is nothing to execute.
     *
     * @param rip virtual
     */
    record NothingToExecute(long rip) implements RunResult {
        @Override
        public String describe() {
            return "the guest jumped outside memory: rip=0x" + Long.toHexString(rip);
        }
    }
}
