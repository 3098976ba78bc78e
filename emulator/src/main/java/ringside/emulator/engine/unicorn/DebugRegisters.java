package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/**
 * MOV to and from debug registers (Intel SDM volume 2, MOV debug registers; volume 3, 17.2): DR4 and DR5, general
 * detect, reserved bits.
 *
 * <p>Answers are of {@link Verdict}; what the library is to write is left in {@link Shared#VALUE}.
 */
final class DebugRegisters {
    private static final int DR6 = 6;
    private static final int DR7 = 7;
    private static final long DR6_WRITABLE = 0xE00F;
    private static final long DR6_ONES = 0xFFFF_0FF0L;
    private static final long DR6_BS = 1 << 14;
    private static final long DR6_BD = 1 << 13;
    private static final long DR7_WRITABLE = 0xFFFF_23FFL;
    private static final long DR7_ONES = 1 << 10;
    private static final long DR7_GD = 1 << 13;
    private static final long CR4_DE = 1 << 3;

    private final MemorySegment env;
    private final MemorySegment shared;
    private final DataBreakpoints breakpoints;

    DebugRegisters(final MemorySegment env, final MemorySegment shared, final DataBreakpoints breakpoints) {
        this.env = env;
        this.shared = shared;
        this.breakpoints = breakpoints;
    }

    /** On the way into the debug exception's handler DR7.GD is cleared, so that it can read DR6. */
    static void endGeneralDetect(final MemorySegment env) {
        env.set(JAVA_LONG, Env.DR + DR7 * Long.BYTES, env.get(JAVA_LONG, Env.DR + DR7 * Long.BYTES) & ~DR7_GD);
    }

    /** Takes note of a single step behind an instruction that the library does not know (SDM volume 3, 17.2.3). */
    static void stepped(final MemorySegment env) {
        env.set(JAVA_LONG, Env.DR + DR6 * Long.BYTES, env.get(JAVA_LONG, Env.DR + DR6 * Long.BYTES) | DR6_BS);
    }

    int read(final int register) {
        return debugAccess(register);
    }

    int write(final int register, final long value) {
        final int access = debugAccess(register);
        final int real = register == DR6 - 2 || register == DR7 - 2 ? register + 2 : register;
        if (access != Verdict.LIBRARY || real >= DR6 && value >>> Integer.SIZE != 0) {
            return access != Verdict.LIBRARY ? access : Verdict.REFUSED;
        }
        final long written = switch (real) {
            case DR6 -> value & DR6_WRITABLE | DR6_ONES;
            case DR7 -> value & DR7_WRITABLE | DR7_ONES;
            default -> value;
        };
        breakpoints.change(real, written);
        shared.set(JAVA_LONG, Shared.VALUE, written);
        return Verdict.LIBRARY;
    }

    // Any access while DR7.GD is set is #DB with DR6.BD, before the instruction.
    private int debugAccess(final int register) {
        final boolean alias = register == DR6 - 2 || register == DR7 - 2;
        if (alias && (env.get(JAVA_LONG, Env.CR + 4 * Long.BYTES) & CR4_DE) != 0) {
            return Verdict.UNDEFINED;
        }
        if ((env.get(JAVA_LONG, Env.DR + DR7 * Long.BYTES) & DR7_GD) == 0) {
            return Verdict.LIBRARY;
        }
        env.set(JAVA_LONG, Env.DR + DR6 * Long.BYTES, env.get(JAVA_LONG, Env.DR + DR6 * Long.BYTES) | DR6_BD);
        return Verdict.DEBUG;
    }
}
