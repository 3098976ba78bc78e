package ringside.fastpath.claim;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import ringside.fastpath.lab.Verdict;

/**
 * What experiments say to rows of the literature.
 *
 * @param rows        in the order of the list
 * @param experiments those that were run, in the order of the alphabet
 */
public record ClaimReport(List<Row> rows, List<Experiment> experiments) {
    /** Copies the lists. */
    public ClaimReport {
        rows = List.copyOf(rows);
        experiments = List.copyOf(experiments);
    }

    /**
     * A row and what stands behind it.
     *
     * @param claim    the row
     * @param verdict  the worst of its rules, or why there is none
     * @param findings one for each rule that names it, in the order of the experiments
     * @param failures experiments that name it and gave no result
     */
    public record Row(ClaimRow claim, RowVerdict verdict, List<Finding> findings, List<String> failures) {
        /** Copies the lists. */
        public Row {
            Objects.requireNonNull(claim, "claim");
            Objects.requireNonNull(verdict, "verdict");
            findings = List.copyOf(findings);
            failures = List.copyOf(failures);
        }

        /** {@return the finding that the verdict is from: the worst, of equals a ratio before a condition} */
        public Optional<Finding> worst() {
            return findings.stream().min(Comparator.<Finding, Verdict>comparing(one -> one.judgement().verdict(),
                    Comparator.reverseOrder()).thenComparing(one -> one.judgement().claim().holds().isPresent()));
        }
    }

    /**
     * An experiment that was run.
     *
     * @param name         of it
     * @param title        of it
     * @param runs         machines that ran to their end
     * @param instructions that all of them retired
     * @param failure      why there is no result, where there is none
     */
    public record Experiment(String name, String title, int runs, long instructions, Optional<String> failure) {
    }

    /** {@return the rows with a verdict} */
    public List<Row> of(final RowVerdict verdict) {
        return rows.stream().filter(row -> row.verdict() == verdict).toList();
    }

    /** {@return whether every experiment gave a result} */
    public boolean isComplete() {
        return experiments.stream().allMatch(one -> one.failure().isEmpty());
    }

    /** {@return instructions of all experiments} */
    public long instructions() {
        return experiments.stream().mapToLong(Experiment::instructions).sum();
    }
}
