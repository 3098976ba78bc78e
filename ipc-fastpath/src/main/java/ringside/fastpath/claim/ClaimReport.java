package ringside.fastpath.claim;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What experiments say to rows of the literature.
 *
 * @param rows        in the order of the list
 * @param experiments those that were run, in the order of the alphabet
 * @param structures  those whose schedules were searched, in the order of the alphabet
 */
public record ClaimReport(List<Row> rows, List<Experiment> experiments, List<Structure> structures) {
    /** Copies the lists. */
    public ClaimReport {
        rows = List.copyOf(rows);
        experiments = List.copyOf(experiments);
        structures = List.copyOf(structures);
    }

    /**
     * A row and what stands behind it.
     *
     * @param claim    the row
     * @param verdict  the worst of its rules, or why there is none
     * @param findings one for each rule that names it, in the order of the experiments, then of the structures
     * @param failures experiments and structures that name it and gave no result
     */
    public record Row(ClaimRow claim, RowVerdict verdict, List<Finding> findings, List<String> failures) {
        /** Copies the lists. */
        public Row {
            Objects.requireNonNull(claim, "claim");
            Objects.requireNonNull(verdict, "verdict");
            findings = List.copyOf(findings);
            failures = List.copyOf(failures);
        }

        /** {@return the finding that the verdict is from: the worst, of equals a ratio, a condition, a search} */
        public Optional<Finding> worst() {
            return findings.stream().min(Comparator.comparing(Finding::verdict, Comparator.reverseOrder())
                    .thenComparing(Row::place));
        }

        private static int place(final Finding finding) {
            return switch (finding) {
                case Measured measured -> measured.judgement().claim().holds().isPresent() ? 1 : 0;
                case Searched _ -> 2;
            };
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

    /**
     * A structure whose schedules were searched.
     *
     * @param name      of it
     * @param title     of it
     * @param searches  of a scenario each
     * @param schedules that all of them tried
     * @param failure   why there is no result, where there is none
     */
    public record Structure(String name, String title, int searches, long schedules, Optional<String> failure) {
    }

    /** {@return the rows with a verdict} */
    public List<Row> of(final RowVerdict verdict) {
        return rows.stream().filter(row -> row.verdict() == verdict).toList();
    }

    /** {@return whether every experiment and every structure gave a result} */
    public boolean isComplete() {
        return experiments.stream().allMatch(one -> one.failure().isEmpty())
                && structures.stream().allMatch(one -> one.failure().isEmpty());
    }

    /** {@return instructions of all experiments} */
    public long instructions() {
        return experiments.stream().mapToLong(Experiment::instructions).sum();
    }
}
