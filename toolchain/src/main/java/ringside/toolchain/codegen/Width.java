package ringside.toolchain.codegen;

/** How wide an operand is. */
public enum Width {
    /** 8 bits. */
    BYTE,
    /** 16 bits. */
    WORD,
    /** 32 bits. */
    DWORD,
    /** 64 bits. */
    QWORD;

    /** {@return bytes: 1, 2, 4 or 8} */
    public int bytes() {
        return 1 << ordinal();
    }

    /** The bytes an immediate of an instruction of this width takes: 64-bit instructions sign-extend 32 bits. */
    int immediateBytes() {
        return Math.min(bytes(), 4);
    }

    /**
     * Checks that an immediate means something at this width, and sign-extends it from there.
     *
     * <p>Up to 32 bits, signed and unsigned readings both pass; at 64 bits only what survives the sign extension of
     * 32 bits does.
     */
    long checkImmediate(final long value) {
        final long low = -(1L << immediateBytes() * 8 - 1);
        final long high = this == QWORD ? Integer.MAX_VALUE : (1L << bytes() * 8) - 1;
        if (value < low || value > high) {
            throw new IllegalArgumentException(
                    "an immediate must fit the instruction: width=" + this + ", value=0x" + Long.toHexString(value));
        }
        final int unused = 64 - immediateBytes() * 8;
        return value << unused >> unused;
    }
}
