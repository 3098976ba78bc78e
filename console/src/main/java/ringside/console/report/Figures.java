package ringside.console.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** How reports spell measured numbers. */
public final class Figures {
    private static final double MANY = 100;
    private static final double LITTLE = 0.1;
    private static final MathContext FEW_DIGITS = new MathContext(3);

    private Figures() {
    }

    /**
     * {@return a number: whole ones as they are, others with a digit after the point, small ones with three digits}
     *
     * @param value any
     */
    public static String number(final double value) {
        if (value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return Math.abs(value) >= MANY ? String.format(Locale.ROOT, "%.1f", value)
            : new BigDecimal(value).round(FEW_DIGITS).stripTrailingZeros().toPlainString();
    }

    /** {@return a number with its sign} */
    static String change(final double value) {
        return (value < 0 ? "" : "+") + number(value);
    }

    /** {@return how many times} */
    static String ratio(final double value) {
        return value != 0 && Math.abs(value) < LITTLE ? number(value) : String.format(Locale.ROOT, "%.2f", value);
    }
}
