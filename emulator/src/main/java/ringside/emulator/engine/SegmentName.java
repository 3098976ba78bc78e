package ringside.emulator.engine;

/** The registers that hold a selector and the descriptor behind it. */
public enum SegmentName {
    /** Extra data. */
    ES,
    /** Code. */
    CS,
    /** Stack. */
    SS,
    /** Data. */
    DS,
    /** Data, with a base in 64-bit mode. */
    FS,
    /** Data, with a base in 64-bit mode. */
    GS,
    /** The local descriptor table. */
    LDTR,
    /** The task state segment. */
    TR
}
