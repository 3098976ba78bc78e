package ringside.console.repl.expression;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads expressions by precedence, as C has it. */
final class ExpressionParser {
    /** The longest expression, characters. */
    static final int LONGEST = 1000;
    private static final int DEEPEST = 60;
    private static final int UNARY = 11;

    private static final Pattern TOKEN = Pattern.compile("\\s*(?:(0[xX][0-9a-fA-F]+|0[bB][01]+|\\d+)(?![\\w.])|"
        + "('(?:[^'\\\\]|\\\\[nrt0'\\\\])')|(\\$?[A-Za-z_.][\\w.$@]*|\\$\\d*|\\$\\$)|"
        + "(<<|>>|<=|>=|==|!=|&&|\\|\\||[-+*/%&|^~!<>()\\[\\]]))");
    private static final List<List<String>> LEVELS = List.of(List.of("||"), List.of("&&"), List.of("|"), List.of("^"),
        List.of("&"), List.of("==", "!="), List.of("<", "<=", ">", ">="), List.of("<<", ">>"), List.of("+", "-"),
        List.of("*", "/", "%"));
    /** A prefix of memory: how many bytes, signed as a negative number. */
    private static final Map<String, Integer> WIDTHS = Map.of("u8", 1, "u16", 2, "u32", 4, "u64", 8,
        "s8", -1, "s16", -2, "s32", -4, "s64", 8);

    private final String text;
    private final Matcher tokens;
    private int at;
    private String token = "";
    private int kind;
    private int depth;

    ExpressionParser(final String text) {
        if (text.length() > LONGEST) {
            throw new ExpressionException("an expression has at most " + LONGEST + " characters: length="
                + text.length());
        }
        this.text = text;
        tokens = TOKEN.matcher(text);
        advance();
    }

    private void advance() {
        if (text.substring(at).isBlank()) {
            token = "";
            kind = 0;
            return;
        }
        if (!tokens.region(at, text.length()).lookingAt()) {
            throw new ExpressionException("no expression has this: '" + text.substring(at).strip() + "'");
        }
        at = tokens.end();
        for (kind = 1; tokens.group(kind) == null; kind++) {
            token = "";
        }
        token = tokens.group(kind);
    }

    Expression.Node whole() {
        final Expression.Node node = binary(0);
        if (kind != 0) {
            throw new ExpressionException("the expression ends before '" + token + "': '" + text.strip() + "'");
        }
        return node;
    }

    private boolean take(final String wanted) {
        if (kind == 4 && token.equals(wanted)) {
            advance();
            return true;
        }
        return false;
    }

    private void require(final String wanted) {
        if (!take(wanted)) {
            throw new ExpressionException("'" + wanted + "' is missing "
                + (kind == 0 ? "at the end" : "before '" + token + "'") + ": '" + text.strip() + "'");
        }
    }

    private Expression.Node binary(final int level) {
        if (level == LEVELS.size()) {
            return unary();
        }
        if (++depth > DEEPEST * UNARY) {
            throw new ExpressionException("the expression is nested too deeply");
        }
        Expression.Node left = binary(level + 1);
        while (kind == 4 && LEVELS.get(level).contains(token)) {
            final String operator = token;
            advance();
            left = operation(operator, left, binary(level + 1));
        }
        depth--;
        return left;
    }

    private static Expression.Node operation(
            final String operator, final Expression.Node left, final Expression.Node right) {
        return switch (operator) {
            case "||" -> scope -> truth(left.value(scope) != 0 || right.value(scope) != 0);
            case "&&" -> scope -> truth(left.value(scope) != 0 && right.value(scope) != 0);
            case "/", "%" -> scope -> divided(operator, left.value(scope), right.value(scope));
            default -> scope -> calculated(operator, left.value(scope), right.value(scope));
        };
    }

    private static long truth(final boolean holds) {
        return holds ? 1 : 0;
    }

    private static long divided(final String operator, final long left, final long right) {
        if (right == 0) {
            throw new ExpressionException("a division by 0");
        }
        return "/".equals(operator) ? Long.divideUnsigned(left, right) : Long.remainderUnsigned(left, right);
    }

    private static long calculated(final String operator, final long left, final long right) {
        return switch (operator) {
            case "|" -> left | right;
            case "^" -> left ^ right;
            case "&" -> left & right;
            case "==" -> truth(left == right);
            case "!=" -> truth(left != right);
            case "<" -> truth(Long.compareUnsigned(left, right) < 0);
            case "<=" -> truth(Long.compareUnsigned(left, right) <= 0);
            case ">" -> truth(Long.compareUnsigned(left, right) > 0);
            case ">=" -> truth(Long.compareUnsigned(left, right) >= 0);
            case "<<" -> Long.compareUnsigned(right, Long.SIZE) < 0 ? left << right : 0;
            case ">>" -> Long.compareUnsigned(right, Long.SIZE) < 0 ? left >>> right : 0;
            case "+" -> left + right;
            case "-" -> left - right;
            default -> left * right;
        };
    }

    private Expression.Node unary() {
        if (++depth > DEEPEST * UNARY) {
            throw new ExpressionException("the expression is nested too deeply");
        }
        final Expression.Node node = unaryOf();
        depth--;
        return node;
    }

    private Expression.Node unaryOf() {
        if (take("-")) {
            final Expression.Node operand = unary();
            return scope -> -operand.value(scope);
        }
        if (take("+")) {
            return unary();
        }
        if (take("~")) {
            final Expression.Node operand = unary();
            return scope -> ~operand.value(scope);
        }
        if (take("!")) {
            final Expression.Node operand = unary();
            return scope -> truth(operand.value(scope) == 0);
        }
        if (take("*")) {
            return memory(unary(), Long.BYTES, false);
        }
        if (take("&")) {
            return unary();
        }
        return primary();
    }

    private static Expression.Node memory(final Expression.Node address, final int bytes, final boolean physical) {
        if (bytes > 0) {
            return scope -> scope.memory(address.value(scope), bytes, physical);
        }
        final int unused = Long.SIZE + bytes * Byte.SIZE;
        return scope -> scope.memory(address.value(scope), -bytes, physical) << unused >> unused;
    }

    private Expression.Node bracketed() {
        require("[");
        final Expression.Node inner = binary(0);
        require("]");
        return inner;
    }

    private Expression.Node primary() {
        if (take("(")) {
            final Expression.Node inner = binary(0);
            require(")");
            return inner;
        }
        if (kind == 4 && "[".equals(token)) {
            return memory(bracketed(), Long.BYTES, false);
        }
        final String word = token;
        final int what = kind;
        if (what == 0 || what == 4) {
            throw new ExpressionException(what == 0 ? "a value is missing at the end: '" + text.strip() + "'"
                : "a value is missing before '" + word + "': '" + text.strip() + "'");
        }
        advance();
        return switch (what) {
            case 1 -> constant(number(word));
            case 2 -> constant(character(word));
            default -> named(word);
        };
    }

    private static Expression.Node constant(final long value) {
        return scope -> value;
    }

    private Expression.Node named(final String word) {
        final boolean opens = kind == 4 && "[".equals(token);
        if (opens && WIDTHS.containsKey(word)) {
            return memory(bracketed(), WIDTHS.get(word), false);
        }
        if (opens && word.startsWith("p") && WIDTHS.containsKey("u" + word.substring(1))) {
            return memory(bracketed(), WIDTHS.get("u" + word.substring(1)), true);
        }
        if ("phys".equals(word) && kind == 4 && "(".equals(token)) {
            final Expression.Node address = primary();
            return scope -> scope.translate(address.value(scope));
        }
        return scope -> scope.name(word).orElseThrow(() -> new ExpressionException("no register, symbol or constant '"
            + word + "'"));
    }

    private static long number(final String word) {
        try {
            final String digits = word.toLowerCase(java.util.Locale.ROOT);
            return digits.startsWith("0x") ? Long.parseUnsignedLong(digits.substring(2), 16)
                : digits.startsWith("0b") ? Long.parseUnsignedLong(digits.substring(2), 2)
                : Long.parseUnsignedLong(digits);
        } catch (final NumberFormatException tooLarge) {
            throw new ExpressionException("a number has at most 64 bits: " + word);
        }
    }

    private static long character(final String word) {
        final char first = word.charAt(1);
        if (first != '\\' || word.length() == 3) {
            return first;
        }
        return switch (word.charAt(2)) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '0' -> 0;
            default -> word.charAt(2);
        };
    }
}
