package ringside.profiler.gate;

import java.util.List;
import java.util.Objects;

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
     * @param text as the file has it
     */
    public record NamePattern(String text) {
        /** Fits every name. */
        public static final NamePattern ALL = NamePattern.of("*");

        /** Refuses a missing text. */
        public NamePattern {
            Objects.requireNonNull(text, "text");
        }

        /** {@return the pattern of a text} */
        public static NamePattern of(final String text) {
            return new NamePattern(text);
        }

        /** {@return whether a name fits; at most as many steps as the product of both lengths} */
        public boolean fits(final String name) {
            int at = 0;
            int next = 0;
            // Where the last star is, and up to where it reaches: only it is ever made longer.
            int star = -1;
            int reach = 0;
            while (at < name.length()) {
                if (next < text.length() && text.charAt(next) == '*') {
                    star = next++;
                    reach = at;
                } else if (next < text.length() && text.charAt(next) == name.charAt(at)) {
                    next++;
                    at++;
                } else if (star >= 0) {
                    next = star + 1;
                    at = ++reach;
                } else {
                    return false;
                }
            }
            return text.chars().skip(next).allMatch(letter -> letter == '*');
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
