package ringside.toolchain.asm;

/** An operand as written, its numbers still expressions. */
sealed interface Operand {
    /** A register. */
    record Reg(Register register) implements Operand {
    }

    /**
     * A number, or the target of a jump.
     *
     * @param expr  its value
     * @param reach {@code short} or {@code near} where written, else {@code null}
     */
    record Imm(Expr expr, String reach) implements Operand {
    }

    /**
     * An address in brackets.
     *
     * @param bytes   what it points at, 0 where not said
     * @param segment an override, or {@code null}
     * @param base    or {@code null}
     * @param index   or {@code null}
     * @param scale   of the index
     * @param offset  the rest of the sum
     * @param rel     whether the address is coded as a distance from the next instruction
     */
    record Mem(int bytes, Register segment, Register base, Register index, Expr scale, Expr offset, boolean rel)
            implements Operand {
    }

    /** A selector and an offset: the target of a far jump. */
    record Far(Expr selector, Expr offset) implements Operand {
    }
}
