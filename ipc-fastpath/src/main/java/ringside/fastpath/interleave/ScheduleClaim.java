package ringside.fastpath.interleave;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What somebody claims a structure survives.
 *
 * @param rows     rows of the list of claims that it decides, if it is there
 * @param text     in words
 * @param scenario that it has to survive
 * @param mutant   the change of the structure that it is claimed with, if any
 */
public record ScheduleClaim(List<String> rows, String text, Scenario scenario, Optional<Mutant> mutant) {
    /** Copies the list. */
    public ScheduleClaim {
        rows = List.copyOf(rows);
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(scenario, "scenario");
        Objects.requireNonNull(mutant, "mutant");
    }
}
