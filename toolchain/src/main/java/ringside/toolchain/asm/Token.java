package ringside.toolchain.asm;

/**
 * A word of a line.
 *
 * @param kind   what it is
 * @param text   as written; for a string, its content with escapes resolved (one char a byte)
 * @param number of a NUMBER
 */
record Token(Kind kind, String text, long number) {
    static final Token END = new Token(Kind.END, "end of line", 0);

    /** What a token is. */
    enum Kind { NAME, NUMBER, STRING, SYMBOL, END }

    boolean is(final String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isName(final String name) {
        return kind == Kind.NAME && text.equals(name);
    }
}
