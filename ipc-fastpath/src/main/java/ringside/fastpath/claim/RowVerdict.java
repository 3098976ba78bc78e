package ringside.fastpath.claim;

import java.util.Locale;
import ringside.fastpath.lab.Verdict;

/** What stands behind a row in the end, in the order of reports. */
public enum RowVerdict {
    /** Worse than the baseline, or a condition that does not hold. */
    CONTRADICTED,
    /** No different from the baseline. */
    NOT,
    /** Better than the baseline, less than claimed. */
    PARTLY,
    /** As claimed. */
    REPRODUCED,
    /** No run on such a machine can decide it. */
    NOT_MEASURABLE_HERE,
    /** No rule of an experiment names it. */
    NO_EXPERIMENT,
    /** An experiment that it needs gave no result. */
    FAILED;

    /** {@return the row's verdict where the worst of its rules says so} */
    static RowVerdict of(final Verdict worst) {
        return switch (worst) {
            case REPRODUCED -> REPRODUCED;
            case PARTLY -> PARTLY;
            case NOT -> NOT;
            case CONTRADICTED -> CONTRADICTED;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
