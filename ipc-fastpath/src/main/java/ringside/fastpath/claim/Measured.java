package ringside.fastpath.claim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import ringside.fastpath.lab.Judgement;
import ringside.fastpath.lab.LabVariant;
import ringside.fastpath.lab.Verdict;

/**
 * What an experiment measured for one of its rules, with the numbers of the place that decided it.
 *
 * @param experiment the experiment's name
 * @param judgement  the rule, its comparisons and its verdict
 * @param window     the window that the numbers below are of
 * @param model      whose cycles they are, {@code unit} for the machine's own clock
 * @param stable     whether they are of rounds that were all the same, else they are means
 * @param variant    what is claimed of
 * @param baseline   what it is held against; empty where the rule is a condition on the baseline itself
 */
public record Measured(String experiment, Judgement judgement, String window, String model, boolean stable,
        Side variant, Optional<Side> baseline) implements Finding {
    /** Refuses missing parts. */
    public Measured {
        Objects.requireNonNull(experiment, "experiment");
        Objects.requireNonNull(judgement, "judgement");
        Objects.requireNonNull(variant, "variant");
        Objects.requireNonNull(baseline, "baseline");
    }

    @Override
    public List<String> rows() {
        return judgement.claim().rows();
    }

    @Override
    public String text() {
        return judgement.claim().text();
    }

    @Override
    public Verdict verdict() {
        return judgement.verdict();
    }

    /**
     * One variant's numbers at that place.
     *
     * @param variant      which
     * @param instructions of a round
     * @param cycles       of a round
     * @param causes       cycles by cause, most first
     * @param counters     what the guest counted in the whole trial
     * @param round        a round of the operation with its instructions, where one was kept
     */
    public record Side(String variant, double instructions, double cycles, SequencedMap<String, Double> causes,
            SequencedMap<String, Double> counters, Optional<LabVariant> round) {
        /** Copies the maps. */
        public Side {
            causes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(causes));
            counters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(counters));
        }
    }
}
