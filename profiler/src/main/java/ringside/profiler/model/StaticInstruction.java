package ringside.profiler.model;

/**
 * What an instruction asks of a core, as far as its bytes tell. Made once, shared by all of its executions.
 *
 * <p>Arrays are not to be changed. Resources are numbers of {@link Resource}; ports are bits in the order in which the
 * microarchitecture's file names them.
 *
 * @param length    bytes
 * @param form      the row of the table that it was found in, e.g. {@code add r64,m64}
 * @param flow      where the next one comes from
 * @param slots     places it takes at dispatch and retirement (macro-ops on AMD, fused micro-ops on Intel)
 * @param ports     where its computation may be issued; 0 where it has none (loads and stores have ports of their own)
 * @param issues    how many issues of that kind it needs, 0 where {@code ports} is
 * @param occupancy for how many cycles one issue keeps its port busy
 * @param latency   cycles from the last operand to the result; a load's own latency comes before it
 * @param reads     resources that the computation needs
 * @param addresses resources that the addresses of its memory operands need
 * @param writes    resources that are ready when it is done
 * @param loads     how many reads of memory it does; for a string instruction with a repeat prefix: for each iteration
 * @param stores    how many writes
 * @param traits    bits of {@link Trait}
 * @param serial    cycles that it adds where all before it has to be done first; 0 for most
 */
public record StaticInstruction(int length, String form, Flow flow, int slots, int ports, int issues, int occupancy,
        int latency, int[] reads, int[] addresses, int[] writes, int loads, int stores, int traits, int serial) {
    /** {@return whether a trait is there} */
    public boolean has(final int trait) {
        return (traits & trait) != 0;
    }

    /** {@return whether its result is more than flags} */
    public boolean writesRegister() {
        return writes.length > 0 && writes[0] < Resource.CARRY;
    }

    /** {@return whether its first result is a vector register} */
    boolean loadsVector() {
        return writes.length > 0 && isVector(writes[0]);
    }

    /** {@return whether it computes with a vector register, or stores one} */
    boolean readsVector() {
        for (final int resource : reads) {
            if (isVector(resource)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isVector(final int resource) {
        return resource >= Resource.VECTOR && resource < Resource.X87;
    }
}
