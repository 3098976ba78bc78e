package ringside.emulator.machine;

import java.util.ArrayList;
import java.util.List;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;

/** Remembers a CPU's latest exceptions, so that a triple fault can say what began it. */
final class FaultChain implements Stateful {
    private static final int DOUBLE_FAULT = 8;
    private static final int LONGEST = 8;

    private final int cpu;
    private final List<GuestFault> chain = new ArrayList<>();
    private long rip;
    private long instructions = -1;

    FaultChain(final int cpu) {
        this.cpu = cpu;
    }

    /** {@return whether an exception after so many instructions adds to the chain, and does not begin one} */
    boolean continues(final long retired) {
        return !chain.isEmpty() && retired == instructions;
    }

    /** Adds an exception; one after further instructions begins a new chain. */
    void add(final GuestFault fault, final long at, final long retired) {
        if (!continues(retired)) {
            chain.clear();
            rip = at;
        }
        if (chain.size() == LONGEST) {
            chain.remove(LONGEST - 1);
        }
        chain.add(fault);
        instructions = retired;
    }

    RunResult tripleFault() {
        final List<GuestFault> faults = chain.isEmpty() ? List.of(new GuestFault(DOUBLE_FAULT, 0, 0)) : chain;
        return new RunResult.TripleFault(cpu, List.copyOf(faults), rip);
    }

    @Override
    public void save(final StateWriter out) {
        out.i64(rip).i64(instructions).u8(chain.size());
        for (final GuestFault fault : chain) {
            out.u8(fault.vector()).i64(fault.errorCode()).i64(fault.address());
        }
    }

    @Override
    public void load(final StateReader in) {
        rip = in.i64();
        instructions = in.i64();
        chain.clear();
        final int length = in.u8();
        if (length > LONGEST) {
            throw in.refused("a chain of faults has at most " + LONGEST + ": length=" + length);
        }
        for (int i = 0; i < length; i++) {
            chain.add(new GuestFault(in.u8(), in.i64(), in.i64()));
        }
    }
}
