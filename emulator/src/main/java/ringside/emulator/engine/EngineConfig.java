package ringside.emulator.engine;

import java.util.Objects;
import ringside.emulator.timing.TimingModel;

/**
 * What an engine needs to know when it is made.
 *
 * @param ramBytes  RAM from physical address 0 on, a multiple of 4 KiB; all other physical addresses are device memory
 * @param timing    what instructions cost
 * @param callbacks the machine's answers
 * @param counting  whether instructions are counted; without it there are no counts, cycles, events, deadlines or
 *                  budgets: only for measuring what counting costs
 */
public record EngineConfig(long ramBytes, TimingModel timing, EngineCallbacks callbacks, boolean counting) {
    /** Bytes of a page. */
    public static final int PAGE = 4096;

    /** Refuses RAM that is no whole number of pages. */
    public EngineConfig {
        Objects.requireNonNull(timing, "timing");
        Objects.requireNonNull(callbacks, "callbacks");
        if (ramBytes <= 0 || ramBytes % PAGE != 0) {
            throw new IllegalArgumentException("RAM is a number of 4 KiB pages: ramBytes=" + ramBytes);
        }
    }
}
