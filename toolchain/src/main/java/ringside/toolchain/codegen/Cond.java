package ringside.toolchain.codegen;

import java.util.Locale;

/** A condition on the flags, in the order of the encoding (SDM 1, appendix B). */
public enum Cond {
    /** Overflow. */
    O,
    /** No overflow. */
    NO,
    /** Below, unsigned; carry. */
    B,
    /** Above or equal, unsigned; no carry. */
    AE,
    /** Equal; zero. */
    E,
    /** Not equal; not zero. */
    NE,
    /** Below or equal, unsigned. */
    BE,
    /** Above, unsigned. */
    A,
    /** Sign: negative. */
    S,
    /** No sign. */
    NS,
    /** Parity even. */
    P,
    /** Parity odd. */
    NP,
    /** Less, signed. */
    L,
    /** Greater or equal, signed. */
    GE,
    /** Less or equal, signed. */
    LE,
    /** Greater, signed. */
    G;

    private static final Cond[] ALL = values();

    /** {@return the condition that holds exactly when this one does not} */
    public Cond negate() {
        return ALL[ordinal() ^ 1];
    }

    /** {@return the suffix of the mnemonic, e.g. {@code ne}} */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
