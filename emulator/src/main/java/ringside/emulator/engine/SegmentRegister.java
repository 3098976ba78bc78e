package ringside.emulator.engine;

/**
 * A segment register with its hidden part, which is the descriptor as it was when the register was loaded (Intel SDM
 * volume 3, 3.4.3); of a task state segment, as it was before LTR marked it as busy.
 *
 * @param selector   16 bits
 * @param base       linear address
 * @param limit      the last offset, in bytes whatever the granularity, not negative
 * @param attributes as in the second word of a descriptor, bits 8 to 23: type, S, DPL, P, AVL, L, D/B, G
 */
public record SegmentRegister(int selector, long base, long limit, int attributes) {
    private static final int TYPE_SHIFT = 8;
    private static final int TYPE = 0xF;
    private static final int SYSTEM_SHIFT = 12;
    private static final int LEVEL_SHIFT = 13;
    private static final int PRESENT_SHIFT = 15;
    private static final int LONG_SHIFT = 21;
    private static final int WIDE_SHIFT = 22;

    /** {@return the descriptor's type, 0 to 15 (volume 3, 3.4.5.1 and 3.5)} */
    public int type() {
        return attributes >> TYPE_SHIFT & TYPE;
    }

    /** {@return the descriptor's privilege level, 0 to 3} */
    public int level() {
        return attributes >> LEVEL_SHIFT & 3;
    }

    /** {@return whether it is of code or data, and not of the system} */
    public boolean isCodeOrData() {
        return (attributes >> SYSTEM_SHIFT & 1) != 0;
    }

    /** {@return whether it can be used: P} */
    public boolean isPresent() {
        return (attributes >> PRESENT_SHIFT & 1) != 0;
    }

    /** {@return whether code in it is 64-bit code: L} */
    public boolean isLong() {
        return (attributes >> LONG_SHIFT & 1) != 0;
    }

    /** {@return whether it is of 32 bits rather than 16: D or B} */
    public boolean isWide() {
        return (attributes >> WIDE_SHIFT & 1) != 0;
    }
}
