package ringside.fastpath.lab;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * An expression over metrics: {@code || && == != < <= > >= + - * /}, numbers, brackets, and names such as
 * {@code cycles.zen4}, {@code counter.wakes} or, for another window than the operation, {@code trial:cycles}.
 *
 * <p>What is divided by zero, or too large to be a number, is NaN, and so is all that depends on it: a comparison, too.
 */
public final class Formula {
    private static final int DEEPEST = 32;

    private final String text;
    private final Node root;
    private final Set<String> names = new LinkedHashSet<>();
    private int at;
    private int depth;

    /** A part of it. */
    private interface Node {
        double value(ToDoubleFunction<String> metrics);
    }

    /** Two numbers to one. */
    private interface Operation {
        double of(double left, double right);
    }

    private Formula(final String text) {
        this.text = Objects.requireNonNull(text, "text");
        root = either();
        blanks();
        if (at < text.length()) {
            throw wrong("an operator is wanted");
        }
    }

    /**
     * {@return a formula}
     *
     * @param text its text
     * @throws IllegalArgumentException if it is none, with the column
     */
    public static Formula parse(final String text) {
        return new Formula(text);
    }

    /** {@return the names in it} */
    public Set<String> names() {
        return Collections.unmodifiableSet(names);
    }

    /**
     * {@return its value; a condition is 1 or 0}
     *
     * @param metrics gives each name's
     */
    public double value(final ToDoubleFunction<String> metrics) {
        return root.value(metrics);
    }

    @Override
    public String toString() {
        return text;
    }

    private Node either() {
        if (++depth > DEEPEST) {
            throw wrong("nested too deep");
        }
        Node left = both();
        while (take("||")) {
            left = binary(left, both(), Formula::or);
        }
        depth--;
        return left;
    }

    private Node both() {
        Node left = comparison();
        while (take("&&")) {
            left = binary(left, comparison(), Formula::and);
        }
        return left;
    }

    private Node comparison() {
        final Node left = sum();
        if (take("==")) {
            return compared(left, sum(), (a, b) -> a == b ? 1 : 0);
        } else if (take("!=")) {
            return compared(left, sum(), (a, b) -> a != b ? 1 : 0);
        } else if (take("<=")) {
            return compared(left, sum(), (a, b) -> a <= b ? 1 : 0);
        } else if (take(">=")) {
            return compared(left, sum(), (a, b) -> a >= b ? 1 : 0);
        } else if (take("<")) {
            return compared(left, sum(), (a, b) -> a < b ? 1 : 0);
        } else if (take(">")) {
            return compared(left, sum(), (a, b) -> a > b ? 1 : 0);
        }
        return left;
    }

    private Node sum() {
        Node left = product();
        while (true) {
            if (take("+")) {
                left = binary(left, product(), Double::sum);
            } else if (take("-")) {
                left = binary(left, product(), (a, b) -> a - b);
            } else {
                return left;
            }
        }
    }

    private Node product() {
        Node left = primary();
        while (true) {
            if (take("*")) {
                left = binary(left, primary(), (a, b) -> a * b);
            } else if (take("/")) {
                left = binary(left, primary(), (a, b) -> a / b);
            } else {
                return left;
            }
        }
    }

    private static Node binary(final Node left, final Node right, final Operation operation) {
        return metrics -> {
            final double value = operation.of(left.value(metrics), right.value(metrics));
            return Double.isFinite(value) ? value : Double.NaN;
        };
    }

    private static Node compared(final Node left, final Node right, final Operation operation) {
        return binary(left, right, (a, b) -> Double.isNaN(a) || Double.isNaN(b) ? Double.NaN : operation.of(a, b));
    }

    /** One side that holds decides, whatever the other is. */
    private static double or(final double left, final double right) {
        if (left != 0 && !Double.isNaN(left) || right != 0 && !Double.isNaN(right)) {
            return 1;
        }
        return left + right;
    }

    /** One side that does not hold decides, whatever the other is. */
    private static double and(final double left, final double right) {
        if (left == 0 || right == 0) {
            return 0;
        }
        return Double.isNaN(left + right) ? Double.NaN : 1;
    }

    private Node primary() {
        if (take("(")) {
            final Node inner = either();
            if (!take(")")) {
                throw wrong("a closing bracket is wanted");
            }
            return inner;
        }
        final int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "_.:".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        final String word = text.substring(start, at);
        if (word.matches("[0-9]{1,15}(\\.[0-9]{1,9})?")) {
            final double number = Double.parseDouble(word);
            return metrics -> number;
        }
        if (!word.matches("([a-z][a-z0-9_]*:)?[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z0-9_]+)*")) {
            at = start;
            throw wrong("a number or a metric is wanted");
        }
        names.add(word);
        return metrics -> metrics.applyAsDouble(word);
    }

    private boolean take(final String operator) {
        blanks();
        if (!text.startsWith(operator, at)) {
            return false;
        }
        at += operator.length();
        blanks();
        return true;
    }

    private void blanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private IllegalArgumentException wrong(final String reason) {
        return new IllegalArgumentException("column " + (at + 1) + " of \"" + text + "\": " + reason);
    }
}
