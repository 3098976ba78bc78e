package ringside.toolchain.codegen;

/** A general register at one of its widths. */
public sealed interface Reg permits Reg64, Reg32, Reg16, Reg8 {
    /** {@return the number that encodes it, 0 to 15} */
    int number();

    /** {@return how much of the register it is} */
    Width width();

    /** {@return the Intel name, lower case} */
    String text();

    /** Whether a REX prefix is needed even when it sets no bit: without one these numbers mean AH, CH, DH, BH. */
    default boolean needsRex() {
        return false;
    }
}
