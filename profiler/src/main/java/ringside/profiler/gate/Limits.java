package ringside.profiler.gate;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The limits of a gate: the last rule that fits path and metric counts, and where none does, not one more is allowed.
 *
 * @param rules in the order of the file
 */
public record Limits(List<Rule> rules) {
    /** Nothing may grow. */
    public static final Limits EXACT = new Limits(List.of());

    /** Copies the list. */
    public Limits {
        rules = List.copyOf(rules);
    }

    /**
     * One rule.
     *
     * @param paths   which
     * @param metrics which of theirs
     * @param limit   how much more
     */
    public record Rule(NamePattern paths, NamePattern metrics, Limit limit) {
        /** Refuses missing parts. */
        public Rule {
            Objects.requireNonNull(paths, "paths");
            Objects.requireNonNull(metrics, "metrics");
            Objects.requireNonNull(limit, "limit");
        }
    }

    /**
     * A pattern of names, in which {@code *} stands for any letters.
     *
     * @param text    as the file has it
     * @param matcher the same
     */
    public record NamePattern(String text, Pattern matcher) {
        /** Fits every name. */
        public static final NamePattern ALL = NamePattern.of("*");

        /** {@return the pattern of a text} */
        public static NamePattern of(final String text) {
            return new NamePattern(text, Pattern.compile(Arrays.stream(text.split("\\*", -1)).map(Pattern::quote)
                    .collect(Collectors.joining(".*"))));
        }

        /** {@return whether a name fits} */
        public boolean fits(final String name) {
            return matcher.matcher(name).matches();
        }
    }

    /** {@return the limit of a metric of a path} */
    public Limit of(final String path, final String metric) {
        Limit limit = Limit.EXACT;
        for (final Rule rule : rules) {
            if (rule.paths().fits(path) && rule.metrics().fits(metric)) {
                limit = rule.limit();
            }
        }
        return limit;
    }
}
