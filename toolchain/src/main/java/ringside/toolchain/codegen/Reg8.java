package ringside.toolchain.codegen;

import java.util.Locale;

/** The low byte of a general register; AH, BH, CH and DH are left out, they cannot stand beside a REX prefix. */
public enum Reg8 implements Reg {
    /** Of {@link Reg64#RAX}. */
    AL,
    /** Of {@link Reg64#RCX}. */
    CL,
    /** Of {@link Reg64#RDX}. */
    DL,
    /** Of {@link Reg64#RBX}. */
    BL,
    /** Of {@link Reg64#RSP}. */
    SPL,
    /** Of {@link Reg64#RBP}. */
    BPL,
    /** Of {@link Reg64#RSI}. */
    SIL,
    /** Of {@link Reg64#RDI}. */
    DIL,
    /** Of {@link Reg64#R8}. */
    R8B,
    /** Of {@link Reg64#R9}. */
    R9B,
    /** Of {@link Reg64#R10}. */
    R10B,
    /** Of {@link Reg64#R11}. */
    R11B,
    /** Of {@link Reg64#R12}. */
    R12B,
    /** Of {@link Reg64#R13}. */
    R13B,
    /** Of {@link Reg64#R14}. */
    R14B,
    /** Of {@link Reg64#R15}. */
    R15B;

    private final String text = name().toLowerCase(Locale.ROOT);

    @Override
    public int number() {
        return ordinal();
    }

    @Override
    public Width width() {
        return Width.BYTE;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public boolean needsRex() {
        return ordinal() >= SPL.ordinal() && ordinal() <= DIL.ordinal();
    }

    /** {@return the whole register} */
    public Reg64 r64() {
        return Reg64.of(ordinal());
    }
}
