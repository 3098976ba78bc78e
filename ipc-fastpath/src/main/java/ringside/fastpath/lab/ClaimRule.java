package ringside.fastpath.lab;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What somebody claims, and by which rule a run decides it.
 *
 * @param rows     of the list of claims that it decides, e.g. {@code 38} or {@code 32b}
 * @param text     in words
 * @param variant  what it is claimed of
 * @param where    parameters at which it is looked at; all others are looked at with every value
 * @param claimed  how many times better than the baseline; empty where {@code holds} decides
 * @param baseline what it is compared with
 * @param metric   what is compared, e.g. {@code cycles.zen4}
 * @param less     whether less is better
 * @param holds    a condition that is true where the claim is
 */
public record ClaimRule(List<String> rows, String text, String variant, Map<String, Long> where,
        Optional<Double> claimed, String baseline, Optional<Formula> metric, boolean less, Optional<Formula> holds) {
    /** Copies the collections and refuses a rule that is both or neither. */
    public ClaimRule {
        rows = List.copyOf(rows);
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(variant, "variant");
        where = Map.copyOf(where);
        if (claimed.isPresent() == holds.isPresent() || metric.isPresent() != claimed.isPresent()) {
            throw new IllegalArgumentException("a claim is a ratio or a condition: text=" + text);
        }
    }
}
