package ringside.toolchain.asm;

/** An operand with its numbers known (or placeholders in their place): what is encoded and what is decoded. */
sealed interface Arg {
    /** A register. */
    record Reg(Register register) implements Arg {
    }

    /** A number, as 64 bits. */
    record Imm(long value) implements Arg {
    }

    /**
     * An address.
     *
     * @param bytes        what it points at, 0 where not said
     * @param segment      an override, or {@code null}
     * @param base         or {@code null}
     * @param index        or {@code null}
     * @param scale        1, 2, 4 or 8
     * @param displacement sign-extended
     */
    record Mem(int bytes, Register segment, Register base, Register index, int scale, long displacement)
            implements Arg {
        /** {@return whether the address is a number alone} */
        boolean isAbsolute() {
            return base == null && index == null;
        }
    }
}
