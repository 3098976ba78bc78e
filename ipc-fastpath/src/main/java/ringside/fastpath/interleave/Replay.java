package ringside.fastpath.interleave;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A schedule with all that was executed.
 *
 * @param outcome of it
 * @param wrong   what is wrong with it, if anything
 * @param legs    in order: the schedule's turns, then those in which the rest ran to their ends
 */
public record Replay(Outcome outcome, Optional<String> wrong, List<Leg> legs) {
    /** Copies the list. */
    public Replay {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(wrong, "wrong");
        legs = List.copyOf(legs);
    }
}
