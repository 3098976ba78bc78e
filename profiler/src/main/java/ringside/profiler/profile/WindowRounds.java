package ringside.profiler.profile;

import java.util.List;
import java.util.Objects;

/**
 * All executions of one window in one trial under a cycle model, the first one included.
 *
 * @param trial  the trial they belong to
 * @param window the window's name
 * @param rounds in the order of execution
 */
public record WindowRounds(Trial trial, String window, List<RoundCost> rounds) {
    /** Copies the list. */
    public WindowRounds {
        Objects.requireNonNull(trial, "trial");
        Objects.requireNonNull(window, "window");
        rounds = List.copyOf(rounds);
    }

    /** {@return rounds that nothing fell into} */
    public List<RoundCost> undisturbed() {
        return rounds.stream().filter(round -> round.disturbance().isEmpty()).toList();
    }
}
