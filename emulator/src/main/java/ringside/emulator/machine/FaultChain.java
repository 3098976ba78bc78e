package ringside.emulator.machine;

/** Remembers the latest exceptions, so that a triple fault can say what began it. */
final class FaultChain {
    private static final int DOUBLE_FAULT = 8;

    private GuestFault first;
    private GuestFault last;
    private long firstRip;
    private long instructions = -1;

    /**
     * Adds an exception; one after further instructions begins a new chain.
     *
     * @return whether it begins one
     */
    boolean add(final GuestFault fault, final long rip, final long retired) {
        final boolean begins = first == null || retired != instructions;
        if (begins) {
            first = fault;
            firstRip = rip;
        }
        last = fault;
        instructions = retired;
        return begins;
    }

    RunResult tripleFault() {
        if (first == null) {
            return new RunResult.TripleFault(new GuestFault(DOUBLE_FAULT, 0, 0), 0, DOUBLE_FAULT);
        }
        return new RunResult.TripleFault(first, firstRip, last.vector());
    }
}
