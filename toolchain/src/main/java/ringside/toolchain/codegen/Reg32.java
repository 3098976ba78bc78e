package ringside.toolchain.codegen;

import java.util.Locale;

/** The low half of a general register; writing it clears the high half. */
public enum Reg32 implements Reg {
    /** Of {@link Reg64#RAX}. */
    EAX,
    /** Of {@link Reg64#RCX}. */
    ECX,
    /** Of {@link Reg64#RDX}. */
    EDX,
    /** Of {@link Reg64#RBX}. */
    EBX,
    /** Of {@link Reg64#RSP}. */
    ESP,
    /** Of {@link Reg64#RBP}. */
    EBP,
    /** Of {@link Reg64#RSI}. */
    ESI,
    /** Of {@link Reg64#RDI}. */
    EDI,
    /** Of {@link Reg64#R8}. */
    R8D,
    /** Of {@link Reg64#R9}. */
    R9D,
    /** Of {@link Reg64#R10}. */
    R10D,
    /** Of {@link Reg64#R11}. */
    R11D,
    /** Of {@link Reg64#R12}. */
    R12D,
    /** Of {@link Reg64#R13}. */
    R13D,
    /** Of {@link Reg64#R14}. */
    R14D,
    /** Of {@link Reg64#R15}. */
    R15D;

    private final String text = name().toLowerCase(Locale.ROOT);

    @Override
    public int number() {
        return ordinal();
    }

    @Override
    public Width width() {
        return Width.DWORD;
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
