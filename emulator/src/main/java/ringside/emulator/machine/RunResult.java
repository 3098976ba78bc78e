package ringside.emulator.machine;

import java.util.List;
import java.util.stream.Collectors;
import ringside.emulator.engine.ExtendedPaging;

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
     * Every CPU halted or waits for its start, and nothing will wake one.
     *
     * @param rip of the first CPU, after its HLT, virtual
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
     * @param rip the next instruction of the CPU whose turn it is, virtual
     */
    record BudgetSpent(long rip) implements RunResult {
        @Override
        public String describe() {
            return "the budget is spent; the guest is at rip=0x" + Long.toHexString(rip);
        }
    }

    /**
     * A CPU shut down, which resets a PC: an exception could not be delivered, nor the double fault that follows.
     *
     * @param cpu   which vCPU
     * @param chain the exceptions, the one that began it first, the double fault last where it was reached
     * @param rip   where it began, virtual
     */
    record TripleFault(int cpu, List<GuestFault> chain, long rip) implements RunResult {
        /** {@return the exception that began it} */
        public GuestFault first() {
            return chain.getFirst();
        }

        @Override
        public String describe() {
            final String then = chain.stream().skip(1).map(fault -> ", then " + fault.describe())
                    .collect(Collectors.joining());
            return "the guest triple-faulted" + (cpu == 0 ? "" : " on CPU " + cpu) + ": " + first().describe()
                    + " at rip=0x" + Long.toHexString(rip) + " could not be delivered" + then
                    + ", nor could the double fault";
        }
    }

    /**
     * The guest reset the machine.
     *
     * @param cause by what means, in words
     */
    record Reset(String cause) implements RunResult {
        @Override
        public String describe() {
            return "the guest reset the machine: " + cause;
        }
    }

    /** The guest switched the machine off. */
    record PoweredOff() implements RunResult {
        @Override
        public String describe() {
            return "the guest switched the machine off";
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

    /**
     * A CPU accessed guest-physical memory to which its extended page tables give it no right, and no hypervisor waits
     * for that.
     *
     * @param cpu           which vCPU
     * @param guestPhysical what was accessed
     * @param right         the lowest one that is missing: {@link ExtendedPaging#READ}, {@link ExtendedPaging#WRITE} or
     *                      {@link ExtendedPaging#EXECUTE}
     * @param rip           where the block of instructions begins that did it, or that ran before, virtual
     */
    record EptViolation(int cpu, long guestPhysical, int right, long rip) implements RunResult {
        @Override
        public String describe() {
            final String what = switch (right) {
                case ExtendedPaging.READ -> "read";
                case ExtendedPaging.WRITE -> "write";
                default -> "execute";
            };
            return "the guest left its extended page tables" + (cpu == 0 ? "" : " on CPU " + cpu) + ": no right to "
                    + what + " guest-physical 0x" + Long.toHexString(guestPhysical) + ", in the block at rip=0x"
                    + Long.toHexString(rip);
        }
    }
}
