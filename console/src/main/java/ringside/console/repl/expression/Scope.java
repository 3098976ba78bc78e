package ringside.console.repl.expression;

import java.util.OptionalLong;

/** What names and addresses mean where an expression is evaluated. */
public interface Scope {
    /**
     * {@return the value of a name: a register, a symbol's address, a constant; empty where there is no such thing}
     *
     * @param name as written, a leading {@code $} included
     */
    OptionalLong name(String name);

    /**
     * {@return what memory holds, little-endian, extended by zeros}
     *
     * @param address  of the first byte
     * @param bytes    1, 2, 4 or 8
     * @param physical whether the address is a physical one
     * @throws ExpressionException where nothing is mapped
     */
    long memory(long address, int bytes, boolean physical);

    /**
     * {@return the physical address behind a virtual one}
     *
     * @param address virtual
     * @throws ExpressionException where nothing is mapped
     */
    long translate(long address);
}
