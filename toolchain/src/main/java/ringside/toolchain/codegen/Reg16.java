package ringside.toolchain.codegen;

import java.util.Locale;

/** The low 16 bits of a general register. */
public enum Reg16 implements Reg {
    /** Of {@link Reg64#RAX}. */
    AX,
    /** Of {@link Reg64#RCX}. */
    CX,
    /** Of {@link Reg64#RDX}. */
    DX,
    /** Of {@link Reg64#RBX}. */
    BX,
    /** Of {@link Reg64#RSP}. */
    SP,
    /** Of {@link Reg64#RBP}. */
    BP,
    /** Of {@link Reg64#RSI}. */
    SI,
    /** Of {@link Reg64#RDI}. */
    DI,
    /** Of {@link Reg64#R8}. */
    R8W,
    /** Of {@link Reg64#R9}. */
    R9W,
    /** Of {@link Reg64#R10}. */
    R10W,
    /** Of {@link Reg64#R11}. */
    R11W,
    /** Of {@link Reg64#R12}. */
    R12W,
    /** Of {@link Reg64#R13}. */
    R13W,
    /** Of {@link Reg64#R14}. */
    R14W,
    /** Of {@link Reg64#R15}. */
    R15W;

    private final String text = name().toLowerCase(Locale.ROOT);

    @Override
    public int number() {
        return ordinal();
    }

    @Override
    public Width width() {
        return Width.WORD;
    }

    @Override
    public String text() {
        return text;
    }

    /** {@return the whole register} */
    public Reg64 r64() {
        return Reg64.of(ordinal());
    }
}
