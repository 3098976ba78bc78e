package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;

/**
 * MXCSR's sticky flags, which the library keeps in its own form and never puts into MXCSR (Intel SDM volume 1,
 * 10.2.3).
 */
final class FloatingPoint {
    private static final int[] FLAGS = {
        // the library's bit, MXCSR's: invalid, division by zero, overflow, underflow, inexact
        1, 1, 4, 1 << 2, 8, 1 << 3, 16, 1 << 4, 32, 1 << 5,
        // a result flushed to zero: underflow and inexact
        128, 1 << 4 | 1 << 5};

    private FloatingPoint() {
    }

    /** Puts what happened since the last time into MXCSR. */
    static void gatherFlags(final MemorySegment env) {
        final int happened = env.get(JAVA_BYTE, Env.SSE_FLAGS);
        int mxcsr = env.get(JAVA_INT, Env.MXCSR);
        for (int i = 0; i < FLAGS.length; i += 2) {
            if ((happened & FLAGS[i]) != 0) {
                mxcsr |= FLAGS[i + 1];
            }
        }
        env.set(JAVA_INT, Env.MXCSR, mxcsr);
        env.set(JAVA_BYTE, Env.SSE_FLAGS, (byte) 0);
    }
}
