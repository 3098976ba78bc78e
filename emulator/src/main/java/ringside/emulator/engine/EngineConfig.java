package ringside.emulator.engine;

import java.util.Objects;
import ringside.emulator.memory.GuestRam;
import ringside.emulator.timing.TimingModel;

/**
 * What an engine needs to know when it is made.
 *
 * @param memory    RAM from physical address 0 on, shared with other engines and not closed by any; all other physical
 *                  addresses are device memory
 * @param timing    what instructions cost
 * @param callbacks the machine's answers
 * @param cpu       its number, which its events carry
 * @param counting  whether instructions are counted; without it there are no counts, cycles, events, deadlines or
 *                  budgets: only for measuring what counting costs
 */
public record EngineConfig(
        GuestRam memory, TimingModel timing, EngineCallbacks callbacks, int cpu, boolean counting) {
    /** Bytes of a page. */
    public static final int PAGE = GuestRam.PAGE;
    /** Its binary logarithm. */
    public static final int PAGE_BITS = 12;

    /** Refuses what no engine can have. */
    public EngineConfig {
        Objects.requireNonNull(memory, "memory");
        Objects.requireNonNull(timing, "timing");
        Objects.requireNonNull(callbacks, "callbacks");
        if (cpu < 0) {
            throw new IllegalArgumentException("CPUs are numbered from 0: cpu=" + cpu);
        }
    }
}
