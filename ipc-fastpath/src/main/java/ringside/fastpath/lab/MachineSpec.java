package ringside.fastpath.lab;

import java.util.Set;
import ringside.emulator.machine.MachineConfig;

/**
 * The machine where a sweep says nothing else.
 *
 * @param cpus    how many
 * @param quantum for how many cycles a CPU runs ahead of the others
 * @param seed    shuffles the turns of CPUs; 0 leaves them in order
 * @param memory  RAM, bytes
 * @param vmFunctions whether VMFUNC switches extended page tables, simulated
 */
public record MachineSpec(int cpus, long quantum, long seed, long memory, boolean vmFunctions) {
    /** Keys of a sweep that are the machine's and no constants. */
    static final String CPUS = "cpus";
    static final String QUANTUM = "quantum";
    static final String SEED = "seed";
    static final Set<String> IN_SWEEPS = Set.of(CPUS, QUANTUM, SEED);

    /** {@return how it is made; what comes out of its serial port is nobody's} */
    public MachineConfig config() {
        final MachineConfig plain = MachineConfig.standard().withMemory(memory).withVcpus(cpus).withQuantum(quantum)
                .withSeed(seed);
        return vmFunctions ? plain.withVmFunctions() : plain;
    }

    /**
     * {@return the machine of a combination of parameters}
     *
     * @param point which
     */
    public MachineSpec at(final Point point) {
        return new MachineSpec((int) point.get(CPUS, cpus), point.get(QUANTUM, quantum), point.get(SEED, seed),
                memory, vmFunctions);
    }
}
