package ringside.kernel.user;

import java.util.Objects;
import ringside.toolchain.codegen.Reg64;

/** What an argument of a system call is, and where it comes from when the call is made. */
public sealed interface Arg {
    /**
     * A number.
     *
     * @param value 64 bits
     */
    record Number(long value) implements Arg {
    }

    /**
     * What a register holds.
     *
     * @param register any
     */
    record Register(Reg64 register) implements Arg {
    }

    /**
     * A word in memory.
     *
     * @param base         register that points near it
     * @param displacement bytes from there
     */
    record Word(Reg64 base, long displacement) implements Arg {
    }

    /**
     * A word in memory that has a symbol.
     *
     * @param symbol defined in this or another unit
     * @param offset bytes behind it
     */
    record Cell(String symbol, long offset) implements Arg {
    }

    /**
     * The address of a symbol.
     *
     * @param symbol defined in this or another unit
     * @param offset bytes to add
     */
    record Address(String symbol, long offset) implements Arg {
    }

    /**
     * {@return a number}
     *
     * @param value 64 bits
     */
    static Arg of(final long value) {
        return new Number(value);
    }

    /**
     * {@return what a register holds}
     *
     * @param register any, also one that another argument goes to
     */
    static Arg of(final Reg64 register) {
        return new Register(Objects.requireNonNull(register, "register"));
    }

    /**
     * {@return the word at {@code [base + displacement]}}
     *
     * @param base         register
     * @param displacement bytes
     */
    static Arg at(final Reg64 base, final long displacement) {
        return new Word(Objects.requireNonNull(base, "base"), displacement);
    }

    /**
     * {@return a word of a table}
     *
     * @param symbol the table
     * @param index  of the word
     */
    static Arg cell(final String symbol, final int index) {
        return new Cell(Objects.requireNonNull(symbol, "symbol"), (long) index * Long.BYTES);
    }

    /**
     * {@return the address of a symbol}
     *
     * @param symbol a routine or data
     */
    static Arg address(final String symbol) {
        return new Address(Objects.requireNonNull(symbol, "symbol"), 0);
    }
}
