package ringside.profiler.calibrate;

import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg64;

/** The state in which a snippet is entered and left, written as code once for the host and for the emulated machine. */
final class SnippetEntry {
    private static final int FLAGS = 2;

    private SnippetEntry() {
    }

    /**
     * Sets every register to what a snippet finds: zeros, its data, its iterations, and as SYSRET leaves them RCX = its
     * address, R11 = flags.
     *
     * @param code       is added to
     * @param iterations offset in the frame of their number
     */
    static void enter(final CodeBuilder code, final int iterations) {
        for (final Reg64 register : Reg64.values()) {
            switch (register) {
                case RSP -> code.mov(register, Stage.STACK_TOP);
                case RDI -> code.mov(register, Stage.DATA);
                case RSI -> code.mov(register, word(iterations));
                case RCX -> code.mov(register, Stage.CODE);
                case R11 -> code.mov(register, FLAGS);
                default -> code.xor(register.r32(), register.r32());
            }
        }
    }

    /**
     * Leaves all registers in the frame; changes none.
     *
     * @param code is added to
     */
    static void leave(final CodeBuilder code) {
        for (final Reg64 register : Reg64.values()) {
            code.mov(word(Stage.REGISTERS + register.number() * Long.BYTES), register);
        }
    }

    /**
     * {@return a word of the frame}
     *
     * @param offset in bytes
     */
    static Mem word(final int offset) {
        return Mem.absolute(Stage.FRAME + offset);
    }
}
