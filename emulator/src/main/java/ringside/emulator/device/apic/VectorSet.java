package ringside.emulator.device.apic;

/** 256 bits, one a vector: the shape of IRR, ISR and TMR (Intel SDM volume 3, 11.8.4). */
final class VectorSet {
    /** What {@link #highest} answers for an empty set. */
    static final int NONE = -1;

    private static final int WORDS = 4;
    private static final int SHIFT = 6;

    private final long[] words = new long[WORDS];

    void add(final int vector) {
        words[vector >> SHIFT] |= 1L << vector;
    }

    void remove(final int vector) {
        words[vector >> SHIFT] &= ~(1L << vector);
    }

    /** {@return the highest vector in the set, or {@link #NONE}} */
    int highest() {
        for (int i = WORDS - 1; i >= 0; i--) {
            if (words[i] != 0) {
                return (i << SHIFT) + Long.SIZE - 1 - Long.numberOfLeadingZeros(words[i]);
            }
        }
        return NONE;
    }

    /** {@return 32 vectors as a register shows them} */
    int register(final int index) {
        return (int) (words[index >> 1] >>> (index & 1) * Integer.SIZE);
    }
}
