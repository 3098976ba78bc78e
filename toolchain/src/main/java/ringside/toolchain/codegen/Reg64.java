package ringside.toolchain.codegen;

import java.util.Locale;

/** A general register, all 64 bits. */
public enum Reg64 implements Reg {
    /** Number 0. */
    RAX,
    /** Number 1. */
    RCX,
    /** Number 2. */
    RDX,
    /** Number 3. */
    RBX,
    /** Number 4. */
    RSP,
    /** Number 5. */
    RBP,
    /** Number 6. */
    RSI,
    /** Number 7. */
    RDI,
    /** Number 8. */
    R8,
    /** Number 9. */
    R9,
    /** Number 10. */
    R10,
    /** Number 11. */
    R11,
    /** Number 12. */
    R12,
    /** Number 13. */
    R13,
    /** Number 14. */
    R14,
    /** Number 15. */
    R15;

    private static final Reg64[] ALL = values();

    private final String text = name().toLowerCase(Locale.ROOT);

    @Override
    public int number() {
        return ordinal();
    }

    @Override
    public Width width() {
        return Width.QWORD;
    }

    @Override
    public String text() {
        return text;
    }

    /**
     * Finds a register by the number that encodes it.
     *
     * @param number 0 to 15
     * @return the register
     */
    public static Reg64 of(final int number) {
        return ALL[number];
    }

    /** {@return its low 32 bits} */
    public Reg32 r32() {
        return Reg32.values()[ordinal()];
    }

    /** {@return its low 16 bits} */
    public Reg16 r16() {
        return Reg16.values()[ordinal()];
    }

    /** {@return its low 8 bits} */
    public Reg8 r8() {
        return Reg8.values()[ordinal()];
    }
}
