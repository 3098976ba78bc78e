package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import ringside.emulator.engine.EngineCallbacks;

/**
 * What CPUID tells, given to the translator, so that an instruction is there exactly if CPUID says so, and a bit of
 * CR4 likewise (Intel SDM volume 3, 2.5).
 */
final class FeatureWords {
    /** Index of a word in the library's list. */
    private static final int LEAF_1_EDX = 0;
    private static final int LEAF_1_ECX = 1;
    private static final int LEAF_7_EBX = 2;
    private static final int LEAF_7_ECX = 3;
    private static final int LEAF_7_EDX = 4;
    private static final int EXTENDED_EDX = 6;
    private static final int EXTENDED_ECX = 7;
    private static final int XSAVE_FEATURES = 19;
    private static final int XSAVE_COMPONENTS = 21;

    private static final int EAX = 0;
    private static final int EBX = 1;
    private static final int ECX = 2;
    private static final int EDX = 3;

    /** CR4 bit, word that tells its feature, bit in that word (Intel SDM volume 2, CPUID). */
    private static final int[][] CONTROL_4 = {
        {2, LEAF_1_EDX, 4}, {3, LEAF_1_EDX, 2}, {4, LEAF_1_EDX, 3}, {5, LEAF_1_EDX, 6}, {6, LEAF_1_EDX, 7},
        {7, LEAF_1_EDX, 13}, {9, LEAF_1_EDX, 24}, {10, LEAF_1_EDX, 25}, {16, LEAF_7_EBX, 0}, {17, LEAF_1_ECX, 17},
        {18, LEAF_1_ECX, 26}, {20, LEAF_7_EBX, 7}, {21, LEAF_7_EBX, 20}, {22, LEAF_7_ECX, 3}};
    /** PCE, which no feature tells. */
    private static final long PERFORMANCE_COUNTERS = 1 << 8;

    private final EngineCallbacks callbacks;
    private final MemorySegment env;
    private final int[] leaf = new int[EDX + 1];
    private boolean installed;
    private long control4;

    FeatureWords(final EngineCallbacks callbacks, final MemorySegment env) {
        this.callbacks = callbacks;
        this.env = env;
    }

    /** Asks CPUID once, when the machine is whole. One that tells nothing has the library's model. */
    void install() {
        if (installed) {
            return;
        }
        installed = true;
        callbacks.cpuid(0, 0, leaf);
        if (leaf[EAX] != 0) {
            takeOver();
        }
        control4 = PERFORMANCE_COUNTERS;
        for (final int[] bit : CONTROL_4) {
            if ((env.get(JAVA_LONG, Env.FEATURES + (long) bit[1] * Long.BYTES) >>> bit[2] & 1) != 0) {
                control4 |= 1L << bit[0];
            }
        }
    }

    private void takeOver() {
        callbacks.cpuid(1, 0, leaf);
        set(LEAF_1_EDX, leaf[EDX]);
        set(LEAF_1_ECX, leaf[ECX]);
        callbacks.cpuid(7, 0, leaf);
        set(LEAF_7_EBX, leaf[EBX]);
        set(LEAF_7_ECX, leaf[ECX]);
        set(LEAF_7_EDX, leaf[EDX]);
        final int extended = 0x8000_0001;
        callbacks.cpuid(extended, 0, leaf);
        set(EXTENDED_EDX, leaf[EDX]);
        set(EXTENDED_ECX, leaf[ECX]);
        final int states = 0xD;
        callbacks.cpuid(states, 0, leaf);
        set(XSAVE_COMPONENTS, leaf[EAX]);
        set(XSAVE_COMPONENTS + 1, leaf[EDX]);
        callbacks.cpuid(states, 1, leaf);
        set(XSAVE_FEATURES, leaf[EAX]);
    }

    private void set(final int word, final int bits) {
        env.set(JAVA_LONG, Env.FEATURES + (long) word * Long.BYTES, Integer.toUnsignedLong(bits));
    }

    /** {@return the bits that CR4 has} */
    long control4() {
        return control4;
    }
}
