package ringside.fastpath.lab;

import java.util.Locale;

/** What a run says to a claim. A later one is worse. */
public enum Verdict {
    /** As claimed, within a hundredth, or better. */
    REPRODUCED,
    /** Better than the baseline, less than claimed. */
    PARTLY,
    /** No different from the baseline, within two hundredths. */
    NOT,
    /** Worse than the baseline, or a condition that does not hold. */
    CONTRADICTED;

    private static final double AS_CLAIMED = 0.99;
    private static final double BETTER = 1.02;
    private static final double WORSE = 0.98;

    /** {@return the verdict on a ratio} */
    static Verdict of(final double ratio, final double claimed) {
        if (ratio >= claimed * AS_CLAIMED) {
            return REPRODUCED;
        }
        return ratio > BETTER ? PARTLY : ratio >= WORSE ? NOT : CONTRADICTED;
    }

    /** {@return the worse one} */
    public Verdict worse(final Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
