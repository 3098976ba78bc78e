package ringside.profiler.profile;

import java.util.List;
import java.util.Objects;

/**
 * All executions of one window in one trial on one CPU, the first one included.
 *
 * @param trial  the trial they belong to
 * @param cpu    the vCPU that began the trial
 * @param window the window's name
 * @param rounds in the order of execution
 */
public record CpuWindow(Trial trial, int cpu, String window, List<CpuRound> rounds) {
    /** Copies the list. */
    public CpuWindow {
        Objects.requireNonNull(trial, "trial");
        Objects.requireNonNull(window, "window");
        rounds = List.copyOf(rounds);
    }
}
