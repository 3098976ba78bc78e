package ringside.toolchain.asm;

/**
 * What an expression comes to: a number, plus the address of one symbol, minus the address of another.
 *
 * @param number the constant part
 * @param plus   a symbol, or {@code null}
 * @param minus  a symbol, or {@code null}
 */
record Value(long number, String plus, String minus) {
    static Value of(final long number) {
        return new Value(number, null, null);
    }

    boolean isNumber() {
        return plus == null && minus == null;
    }
}
