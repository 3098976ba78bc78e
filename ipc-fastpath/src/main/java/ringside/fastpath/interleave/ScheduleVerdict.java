package ringside.fastpath.interleave;

import java.util.Objects;
import ringside.fastpath.lab.Verdict;

/**
 * What a search says to a claim.
 *
 * @param claim  what is claimed
 * @param search that decided it
 */
public record ScheduleVerdict(ScheduleClaim claim, Search search) {
    /** Refuses missing parts. */
    public ScheduleVerdict {
        Objects.requireNonNull(claim, "claim");
        Objects.requireNonNull(search, "search");
    }

    /** {@return contradicted by the schedule that was found, otherwise reproduced as far as schedules were tried} */
    public Verdict verdict() {
        return search.failed() ? Verdict.CONTRADICTED : Verdict.REPRODUCED;
    }
}
