package ringside.profiler.profile;

/**
 * Where one CPU's time went: instructions, deliveries and idle time add up to the clock's way.
 *
 * @param cpu               vCPU
 * @param start             clock when the profile began
 * @param end               clock at its latest event
 * @param instructions      retired
 * @param instructionCycles of those
 * @param deliveryCycles    of exceptions and interrupts
 * @param idleCycles        in which it waited
 * @param waits             how often it waited
 */
public record CpuTime(int cpu, long start, long end, long instructions, long instructionCycles, long deliveryCycles,
                      long idleCycles, long waits) {
    /** {@return cycles that nothing accounts for; 0, or the profile is wrong} */
    public long residue() {
        return end - start - instructionCycles - deliveryCycles - idleCycles;
    }
}
