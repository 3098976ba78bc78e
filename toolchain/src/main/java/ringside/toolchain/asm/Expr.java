package ringside.toolchain.asm;

/** An expression as written; numbers are 64 bits wide and wrap. */
sealed interface Expr {
    /** A number or character. */
    record Num(long value) implements Expr {
    }

    /** A constant, label, external symbol or register; local names are already qualified. */
    record Name(String name) implements Expr {
    }

    /** {@code -}, {@code ~} or {@code !} of a value. */
    record Unary(String operator, Expr value) implements Expr {
    }

    /** Two values and a C operator. */
    record Binary(String operator, Expr left, Expr right) implements Expr {
    }

    /** {@code condition ? yes : no}. */
    record Choice(Expr condition, Expr yes, Expr no) implements Expr {
    }
}
