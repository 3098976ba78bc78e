package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;

/**
 * Sticky flags of MXCSR and of the x87 status word, which the library keeps in its own form and does not put there
 * (Intel SDM volume 1, 8.1.3 and 10.2.3).
 */
final class FloatingPoint {
    private static final int[] FLAGS = {
        // the library's bit, MXCSR's: invalid, division by zero, overflow, underflow, inexact
        1, 1, 4, 1 << 2, 8, 1 << 3, 16, 1 << 4, 32, 1 << 5,
        // a result flushed to zero: underflow and inexact
        128, 1 << 4 | 1 << 5};

    private FloatingPoint() {
    }

    /** Puts what happened since the last time into MXCSR and the status word, whose ES and B follow. */
    static void gatherFlags(final MemorySegment env) {
        gatherX87(env);
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

    private static void gatherX87(final MemorySegment env) {
        final int status = statusX87(env);
        env.set(JAVA_BYTE, Env.X87_FLAGS, (byte) 0);
        env.set(JAVA_SHORT, Env.X87_STATUS, (short) (status & ~X87Stubs.SUMMARY));
        if (pendingX87(env)) {
            env.set(JAVA_SHORT, Env.X87_STATUS, (short) (status | X87Stubs.SUMMARY));
        }
    }

    /** {@return whether an x87 exception has come that is not masked} */
    static boolean pendingX87(final MemorySegment env) {
        return (statusX87(env) & ~env.get(JAVA_SHORT, Env.X87_CONTROL) & X87Stubs.EXCEPTIONS) != 0;
    }

    private static int statusX87(final MemorySegment env) {
        return env.get(JAVA_SHORT, Env.X87_STATUS) | env.get(JAVA_BYTE, Env.X87_FLAGS) & X87Stubs.SAME_FLAGS;
    }
}
