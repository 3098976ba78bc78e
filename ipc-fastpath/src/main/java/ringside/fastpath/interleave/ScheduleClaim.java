package ringside.fastpath.interleave;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What somebody claims a structure survives.
 *
 * @param rows     numbers of the claim in the list of claims, if it is there
 * @param text     in words
 * @param scenario that it has to survive
 * @param mutant   the change of the structure that it is claimed with, if any
 */
public record ScheduleClaim(List<Integer> rows, String text, Scenario scenario, Optional<Mutant> mutant) {
    /** Copies the list. */
    public ScheduleClaim {
        rows = List.copyOf(rows);
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(scenario, "scenario");
        Objects.requireNonNull(mutant, "mutant");
    }
}
