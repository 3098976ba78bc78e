package ringside.profiler.gate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much more a number may be than its baseline.
 *
 * @param more     so much
 * @param hundredths so many hundredths of a percent of the baseline, rounded down; both limits must hold
 * @param any      whether it is not held against anything
 */
public record Limit(Optional<Long> more, Optional<Long> hundredths, boolean any) {
    /** Not one more. */
    public static final Limit EXACT = new Limit(Optional.of(0L), Optional.empty(), false);
    /** Whatever it is. */
    public static final Limit ANY = new Limit(Optional.empty(), Optional.empty(), true);

    private static final Pattern MORE = Pattern.compile("\\+([0-9]{1,15})");
    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,6})(?:\\.([0-9]{1,2}))?%");
    private static final int HUNDRED = 100;
    private static final long WHOLE = 10_000;

    /**
     * Reads what a gate file says.
     *
     * @param text {@code exact}, {@code any}, {@code +2}, {@code 1%}, {@code 0.25%}, or two of them: {@code 1%|+2}
     * @return the limit
     * @throws IllegalArgumentException where it is none; the message says what is wanted
     */
    public static Limit parse(final String text) {
        return switch (text) {
            case "exact" -> EXACT;
            case "any" -> ANY;
            default -> parts(text);
        };
    }

    private static Limit parts(final String text) {
        Optional<Long> more = Optional.empty();
        Optional<Long> hundredths = Optional.empty();
        for (final String part : text.split("\\|", -1)) {
            final Matcher count = MORE.matcher(part);
            final Matcher percent = PERCENT.matcher(part);
            if (count.matches() && more.isEmpty()) {
                more = Optional.of(Long.parseLong(count.group(1)));
            } else if (percent.matches() && hundredths.isEmpty()) {
                hundredths = Optional.of(new BigDecimal(part.substring(0, part.length() - 1))
                        .multiply(BigDecimal.valueOf(HUNDRED)).setScale(0, RoundingMode.UNNECESSARY).longValueExact());
            } else {
                throw new IllegalArgumentException("exact, any, +2, 1% or 1%|+2 is wanted: " + text);
            }
        }
        return new Limit(more, hundredths, false);
    }

    /** {@return whether a number that grew is still allowed} */
    boolean allows(final long before, final long after) {
        final BigInteger grown = BigInteger.valueOf(after).subtract(BigInteger.valueOf(before));
        return any || more.map(most -> grown.compareTo(BigInteger.valueOf(most)) <= 0).orElse(true)
                && hundredths.map(part -> grown.multiply(BigInteger.valueOf(WHOLE))
                        .compareTo(BigInteger.valueOf(before).abs().multiply(BigInteger.valueOf(part))) <= 0)
                        .orElse(true);
    }

    @Override
    public String toString() {
        if (any) {
            return "any";
        }
        final String percent = hundredths
                .map(part -> BigDecimal.valueOf(part, 2).stripTrailingZeros().toPlainString() + "%").orElse("");
        final String count = more.map(most -> "+" + most).orElse("");
        return percent.isEmpty() ? count : count.isEmpty() ? percent : percent + "|" + count;
    }
}
