package ringside.fastpath.interleave;

import java.util.Objects;
import java.util.Optional;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.image.GuestImage;

/**
 * One scenario of a structure, searched or followed by one schedule.
 *
 * @param scenario  which
 * @param mutant    the bug that was planted, if any
 * @param image     that was run
 * @param sources   of which it was built
 * @param schedules how many were tried
 * @param complete  whether these were all
 * @param replay    of the shortest schedule that is wrong, or of the one that was asked for
 */
public record Search(Scenario scenario, Optional<Mutant> mutant, GuestImage image, SourceTree sources, long schedules,
        boolean complete, Optional<Replay> replay) {
    /** Refuses missing parts. */
    public Search {
        Objects.requireNonNull(scenario, "scenario");
        Objects.requireNonNull(mutant, "mutant");
        Objects.requireNonNull(replay, "replay");
    }

    /** {@return whether something is wrong} */
    public boolean failed() {
        return replay.isPresent() && replay.get().wrong().isPresent();
    }
}
