package ringside.emulator.device.apic;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;

/** 256 bits, one a vector: the shape of IRR, ISR and TMR (Intel SDM volume 3, 11.8.4). */
final class VectorSet implements Stateful {
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

    void set(final int vector, final boolean member) {
        if (member) {
            add(vector);
        } else {
            remove(vector);
        }
    }

    boolean contains(final int vector) {
        return (words[vector >> SHIFT] >>> vector & 1) != 0;
    }

    void clear() {
        Arrays.fill(words, 0);
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

    /** {@return all vectors in the set, in order} */
    List<Integer> members() {
        return BitSet.valueOf(words).stream().boxed().toList();
    }

    /** {@return 32 vectors as a register shows them} */
    int register(final int index) {
        return (int) (words[index >> 1] >>> (index & 1) * Integer.SIZE);
    }

    @Override
    public void save(final StateWriter out) {
        for (final long word : words) {
            out.i64(word);
        }
    }

    @Override
    public void load(final StateReader in) {
        for (int i = 0; i < WORDS; i++) {
            words[i] = in.i64();
        }
    }
}
