package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import ringside.emulator.engine.EngineCallbacks;

/**
 * RDMSR and WRMSR: what there is, and which values it takes (Intel SDM volume 2, WRMSR; volume 4, chapter 2). The
 * library knows no register as missing and no value as wrong.
 *
 * <p>Answers are of {@link Verdict}. Registers that the engine does not keep are the machine's.
 */
final class ModelRegisters {
    private static final long CR0_PG = 1L << 31;
    private static final long EFER_SCE = 1;
    private static final long EFER_LME = 1 << 8;
    private static final long EFER_LMA = 1 << 10;
    private static final long EFER_NXE = 1 << 11;

    private final UnicornEngine engine;
    private final EngineCallbacks callbacks;
    private final MemorySegment env;
    private final long[] cell = new long[1];

    ModelRegisters(final UnicornEngine engine, final EngineCallbacks callbacks, final MemorySegment env) {
        this.engine = engine;
        this.callbacks = callbacks;
        this.env = env;
    }

    int read(final int number) {
        if (kept(number)) {
            return Verdict.LIBRARY;
        }
        cell[0] = 0;
        if (!callbacks.readMsr(number, cell)) {
            return Verdict.REFUSED;
        }
        env.set(JAVA_LONG, Env.REGS, cell[0] & 0xFFFF_FFFFL);
        env.set(JAVA_LONG, Env.REGS + 2 * Long.BYTES, cell[0] >>> Integer.SIZE);
        return Verdict.DONE;
    }

    int write(final int number, final long value) {
        if (!kept(number)) {
            return callbacks.writeMsr(number, value) ? Verdict.DONE : Verdict.REFUSED;
        }
        final boolean valid = switch (number) {
            case Msr.EFER -> extendedFeatures(value);
            case Msr.LSTAR, Msr.CSTAR, Msr.FS_BASE, Msr.GS_BASE, Msr.KERNEL_GS_BASE -> canonical(value);
            case Msr.FMASK, Msr.TSC_AUX -> value >>> Integer.SIZE == 0;
            case Msr.PAT -> attributes(value);
            default -> true;
        };
        return valid ? Verdict.LIBRARY : Verdict.REFUSED;
    }

    private static boolean kept(final int number) {
        return switch (number) {
            case Msr.EFER, Msr.STAR, Msr.LSTAR, Msr.CSTAR, Msr.FMASK, Msr.FS_BASE, Msr.GS_BASE, Msr.KERNEL_GS_BASE,
                    Msr.TSC_AUX, Msr.PAT -> true;
            default -> false;
        };
    }

    static boolean canonical(final long address) {
        final int signBits = 47;
        return address >> signBits == 0 || address >> signBits == -1;
    }

    // Memory types 0, 1, 4, 5, 6 and 7 in eight bytes (volume 3, 12.12.2).
    private static boolean attributes(final long value) {
        final int lastReserved = 3;
        for (int i = 0; i < Long.BYTES; i++) {
            final int type = (int) (value >>> i * Byte.SIZE) & 0xFF;
            if (type > 7 || type == 2 || type == lastReserved) {
                return false;
            }
        }
        return true;
    }

    private boolean extendedFeatures(final long value) {
        final long now = env.get(JAVA_LONG, Env.EFER);
        final boolean valid = (value & ~(EFER_SCE | EFER_LME | EFER_LMA | EFER_NXE)) == 0
                && ((value & EFER_LME) == (now & EFER_LME) || (env.get(JAVA_LONG, Env.CR) & CR0_PG) == 0);
        if (valid && (value & EFER_NXE) != (now & EFER_NXE)) {
            engine.flushTranslations();
        }
        return valid;
    }
}
