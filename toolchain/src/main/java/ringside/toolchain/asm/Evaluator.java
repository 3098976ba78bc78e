package ringside.toolchain.asm;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Computes expressions. A symbol may be added once and subtracted once; everything else needs numbers.
 *
 * <p>Division, remainder and comparisons are signed; {@code >>} shifts in zeros.
 */
final class Evaluator {
    private final Scope scope;
    private int steps;

    /** What the names in an expression stand for. */
    interface Scope {
        /** {@return what a constant was declared as, or empty where the name is no constant} */
        Optional<Expr> constant(String name);

        /** {@return bytes from one label to another, where that is settled by now} */
        OptionalLong distance(String from, String to);

        /** {@return whether a label of this unit or an extern has the name} */
        boolean isLabel(String name);
    }

    Evaluator(final Scope scope) {
        this.scope = scope;
    }

    Value value(final Expr expr) {
        steps = 0;
        return value(expr, 0);
    }

    /** {@return a value that must be a number by now} */
    long number(final Expr expr) {
        final Value value = value(expr);
        if (!value.isNumber()) {
            throw new Refusal(value.plus() != null
                    ? "a number is needed here, and '" + value.plus() + "' is not known as one"
                    : "a number is needed here, and '" + value.minus() + "' is not known as one");
        }
        return value.number();
    }

    /** Refuses a value that holds a name of which this unit says nothing. */
    void requireKnown(final Value value) {
        for (final String name : new String[] {value.plus(), value.minus()}) {
            if (name != null && !scope.isLabel(name)) {
                throw new Refusal("'" + name + "' is neither a constant nor a label, nor declared extern");
            }
        }
    }

    private Value value(final Expr expr, final int depth) {
        if (++steps > Limits.EXPRESSION_STEPS) {
            throw new Refusal("an expression takes more than " + Limits.EXPRESSION_STEPS + " steps");
        }
        return switch (expr) {
            case Expr.Num num -> Value.of(num.value());
            case Expr.Name name -> named(name.name(), depth);
            case Expr.Unary unary -> unary(unary, depth);
            case Expr.Binary binary -> binary(binary, depth);
            case Expr.Choice choice -> value(isTrue(choice.condition(), depth) ? choice.yes() : choice.no(), depth);
        };
    }

    private Value named(final String name, final int depth) {
        final Optional<Expr> constant = scope.constant(name);
        if (constant.isPresent()) {
            if (depth >= Limits.CONSTANT_DEPTH) {
                throw new Refusal("constant '" + name + "' leads back to itself, or through more than "
                        + Limits.CONSTANT_DEPTH + " others");
            }
            return value(constant.get(), depth + 1);
        }
        if (Register.named(name).isPresent()) {
            throw new Refusal("register '" + name + "' cannot stand in an expression");
        }
        return new Value(0, name, null);
    }

    private Value unary(final Expr.Unary unary, final int depth) {
        final Value value = value(unary.value(), depth);
        if (unary.operator().equals("-")) {
            return settle(new Value(-value.number(), value.minus(), value.plus()));
        }
        final long number = plain(value, unary.operator());
        return Value.of(unary.operator().equals("~") ? ~number : number == 0 ? 1 : 0);
    }

    private Value binary(final Expr.Binary binary, final int depth) {
        final Value left = value(binary.left(), depth);
        switch (binary.operator()) {
            case "&&":
                return flag(plain(left, "&&") != 0 && isTrue(binary.right(), depth));
            case "||":
                return flag(plain(left, "||") != 0 || isTrue(binary.right(), depth));
            default:
                break;
        }
        final Value right = value(binary.right(), depth);
        return switch (binary.operator()) {
            case "+" -> sum(left, right.number(), right.plus(), right.minus());
            case "-" -> sum(left, -right.number(), right.minus(), right.plus());
            default -> Value.of(operate(binary.operator(), plain(left, binary.operator()),
                    plain(right, binary.operator())));
        };
    }

    private boolean isTrue(final Expr condition, final int depth) {
        return plain(value(condition, depth), "a condition") != 0;
    }

    private static Value flag(final boolean set) {
        return Value.of(set ? 1 : 0);
    }

    private static long plain(final Value value, final String operator) {
        if (!value.isNumber()) {
            throw new Refusal("'" + (value.plus() != null ? value.plus() : value.minus())
                    + "' has no number yet, so " + operator + " cannot take it");
        }
        return value.number();
    }

    private Value sum(final Value left, final long number, final String plus, final String minus) {
        String up = left.plus();
        String down = left.minus();
        String moreUp = plus;
        String moreDown = minus;
        if (up != null && up.equals(moreDown)) {
            up = null;
            moreDown = null;
        }
        if (down != null && down.equals(moreUp)) {
            down = null;
            moreUp = null;
        }
        if (up != null && moreUp != null || down != null && moreDown != null) {
            final Value first = settle(left);
            final Value second = settle(new Value(number, plus, minus));
            if (!first.isNumber() && !second.isNumber()) {
                throw new Refusal("an expression can hold one address, or the difference of two");
            }
            return new Value(first.number() + second.number(), first.isNumber() ? second.plus() : first.plus(),
                    first.isNumber() ? second.minus() : first.minus());
        }
        return settle(new Value(left.number() + number, up != null ? up : moreUp, down != null ? down : moreDown));
    }

    private Value settle(final Value value) {
        if (value.plus() == null || value.minus() == null) {
            return value;
        }
        final OptionalLong distance = scope.distance(value.minus(), value.plus());
        return distance.isPresent() ? Value.of(value.number() + distance.getAsLong()) : value;
    }

    private static long operate(final String operator, final long left, final long right) {
        if (right == 0 && (operator.equals("/") || operator.equals("%"))) {
            throw new Refusal("division by zero");
        }
        return switch (operator) {
            case "*" -> left * right;
            case "/" -> left / right;
            case "%" -> left % right;
            case "<<" -> right >= 0 && right < Long.SIZE ? left << right : 0;
            case ">>" -> right >= 0 && right < Long.SIZE ? left >>> right : 0;
            case "&" -> left & right;
            case "|" -> left | right;
            case "^" -> left ^ right;
            case "<" -> left < right ? 1 : 0;
            case "<=" -> left <= right ? 1 : 0;
            case ">" -> left > right ? 1 : 0;
            case ">=" -> left >= right ? 1 : 0;
            case "==" -> left == right ? 1 : 0;
            case "!=" -> left != right ? 1 : 0;
            default -> throw new Refusal("unknown operator " + operator);
        };
    }
}
