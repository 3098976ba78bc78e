package ringside.fastpath.lab;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import ringside.profiler.profile.Trial;

/**
 * A claim, and what the runs say to it.
 *
 * @param claim       what is claimed
 * @param verdict     the worst of all comparisons
 * @param comparisons one for each trial at each combination of parameters that the claim looks at
 */
public record Judgement(ClaimRule claim, Verdict verdict, List<Comparison> comparisons) {
    /** Copies the list. */
    public Judgement {
        Objects.requireNonNull(claim, "claim");
        Objects.requireNonNull(verdict, "verdict");
        comparisons = List.copyOf(comparisons);
    }

    /**
     * One comparison.
     *
     * @param point    where
     * @param trial    in which trial
     * @param value    of the variant; of a condition 1 where it holds, else 0
     * @param baseline the baseline's value; of a condition the same as {@code value}
     * @param ratio    how many times better than the baseline; of a condition as {@code value}
     * @param verdict  on this
     * @param numbers  of the variant, those that the rule asked for, by their names in it
     * @param others   of the baseline; of a condition none
     */
    public record Comparison(Point point, Trial trial, double value, double baseline, double ratio, Verdict verdict,
            SequencedMap<String, Double> numbers, SequencedMap<String, Double> others) {
        /** Copies the maps. */
        public Comparison {
            numbers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(numbers));
            others = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(others));
        }
    }

    /** {@return the comparison that the verdict is from: the worst one, of equals that of the least ratio} */
    public Comparison worst() {
        return comparisons.stream().reduce((a, b) -> {
            final int order = a.verdict.compareTo(b.verdict);
            return order > 0 || order == 0 && a.ratio <= b.ratio ? a : b;
        }).orElseThrow();
    }
}
