package ringside.toolchain.asm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads operands in Intel syntax: those of the dialect, and those that the disassembler prints. */
final class OperandParser {
    // checkstyle: MagicNumber off
    private static final Map<String, Integer> SIZES = Map.ofEntries(Map.entry("byte", 1), Map.entry("word", 2),
            Map.entry("dword", 4), Map.entry("fword", 6), Map.entry("qword", 8), Map.entry("tbyte", 10),
            Map.entry("xword", 10), Map.entry("oword", 16), Map.entry("xmmword", 16), Map.entry("ymmword", 32));
    // checkstyle: MagicNumber on
    private static final Expr ZERO = new Expr.Num(0);
    private static final Expr ONE = new Expr.Num(1);

    private final Tokens tokens;
    private final ExprParser.Names names;

    OperandParser(final Tokens tokens, final ExprParser.Names names) {
        this.tokens = tokens;
        this.names = names;
    }

    /** {@return whether a word is a size of an operand} */
    static boolean isSize(final String word) {
        return SIZES.containsKey(word);
    }

    /** {@return the operands up to the end of the line} */
    List<Operand> parseAll() {
        final List<Operand> operands = new ArrayList<>();
        if (tokens.atEnd()) {
            return operands;
        }
        do {
            operands.add(parse());
        } while (tokens.take(","));
        tokens.expectEnd();
        return operands;
    }

    private Operand parse() {
        final String word = tokens.peek().kind() == Token.Kind.NAME ? tokens.peek().text() : "";
        if (word.equals("short") || word.equals("near")) {
            tokens.next();
            return new Operand.Imm(expr(), word);
        }
        final Integer bytes = SIZES.get(word);
        if (bytes != null) {
            tokens.next();
        }
        final boolean pointer = tokens.takeName("ptr");
        final Register segment = segment();
        if (tokens.peek().is("[")) {
            return memory(bytes == null ? 0 : bytes, segment);
        }
        if (segment != null || pointer) {
            throw new Refusal("expected '[' and found " + Tokens.shown(tokens.peek()));
        }
        final Optional<Register> register = bytes == null ? Register.named(word) : Optional.empty();
        if (register.isPresent()) {
            tokens.next();
            return new Operand.Reg(register.get());
        }
        final Expr expr = expr();
        if (tokens.take(":")) {
            return new Operand.Far(expr, expr());
        }
        if (bytes != null) {
            throw new Refusal("a size such as '" + word + "' belongs to an address in brackets");
        }
        return new Operand.Imm(expr, null);
    }

    private Register segment() {
        if (tokens.peek().kind() == Token.Kind.NAME && tokens.peek(1).is(":")) {
            final Optional<Register> register = Register.named(tokens.peek().text());
            if (register.isPresent() && register.get().is(Register.Kind.SEGMENT)) {
                tokens.next();
                tokens.next();
                return register.get();
            }
        }
        return null;
    }

    private Expr expr() {
        return new ExprParser(tokens, names).parse();
    }

    private Operand memory(final int bytes, final Register outer) {
        tokens.expect("[");
        final boolean rel = tokens.takeName("rel");
        final Register inner = segment();
        final Expr whole = expr();
        tokens.expect("]");
        final Sum sum = new Sum();
        sum.add(whole, false);
        return new Operand.Mem(bytes, outer != null ? outer : inner, sum.base, sum.index, sum.scale,
                sum.offset == null ? ZERO : sum.offset, rel);
    }

    /** Takes a sum apart into base, index times scale, and the rest. */
    private static final class Sum {
        private Register base;
        private Register index;
        private Expr scale = ONE;
        private Expr offset;

        void add(final Expr expr, final boolean negative) {
            if (expr instanceof Expr.Binary(String operator, Expr left, Expr right)
                    && (operator.equals("+") || operator.equals("-"))) {
                add(left, negative);
                add(right, negative ^ operator.equals("-"));
                return;
            }
            final Register plain = register(expr);
            if (plain != null) {
                requirePositive(negative, plain);
                addRegister(plain);
                return;
            }
            if (expr instanceof Expr.Binary(String operator, Expr left, Expr right) && operator.equals("*")) {
                final Register scaled = register(left) != null ? register(left) : register(right);
                if (scaled != null) {
                    requirePositive(negative, scaled);
                    addIndex(scaled, register(left) != null ? right : left);
                    return;
                }
            }
            if (offset == null) {
                offset = negative ? new Expr.Unary("-", expr) : expr;
            } else {
                offset = new Expr.Binary(negative ? "-" : "+", offset, expr);
            }
        }

        private void addRegister(final Register register) {
            if (base == null) {
                base = register;
            } else {
                addIndex(register, ONE);
            }
        }

        private void addIndex(final Register register, final Expr factor) {
            if (index != null && base == null && scale == ONE) {
                base = index;
                index = null;
            }
            if (index != null) {
                throw new Refusal("an address has at most a base and an index: '" + register.name() + "' is too many");
            }
            index = register;
            scale = factor;
        }

        private static void requirePositive(final boolean negative, final Register register) {
            if (negative) {
                throw new Refusal("an address cannot subtract register '" + register.name() + "'");
            }
        }

        private static Register register(final Expr expr) {
            return expr instanceof Expr.Name(String name) ? Register.named(name).orElse(null) : null;
        }
    }
}
