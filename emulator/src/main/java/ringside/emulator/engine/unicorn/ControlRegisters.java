package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import ringside.emulator.engine.EngineCallbacks;
import ringside.emulator.engine.ExtendedPaging;
import ringside.emulator.engine.GuestPaging;

/**
 * MOV to control registers: reserved bits and combinations that are none (Intel SDM volume 2, MOV control registers;
 * volume 3, 2.5, 4.4.1 and 4.10.1). The library takes any value.
 *
 * <p>Answers are of {@link Verdict}; what the library is to write is left in {@link Shared#VALUE}. CR8 is the
 * machine's.
 */
final class ControlRegisters {
    private static final int MAXIMUM_PHYSICAL_BITS = 40;

    private static final long CR0_PE = 1;
    private static final long CR0_ET = 1 << 4;
    private static final long CR0_NW = 1 << 29;
    private static final long CR0_CD = 1 << 30;
    private static final long CR0_PG = 1L << 31;
    /** PE MP EM TS ET NE WP AM NW CD PG; others are ignored. */
    private static final long CR0_KNOWN = 0xE005_003FL;

    private static final long CR3_FLAGS = 0xFFF;
    private static final long CR3_KEEP_TRANSLATIONS = 1L << 63;

    private static final long CR4_PSE = 1 << 4;
    private static final long CR4_PAE = 1 << 5;
    private static final long CR4_PGE = 1 << 7;
    private static final long CR4_PCIDE = 1 << 17;
    private static final long CR4_SMEP = 1 << 20;
    private static final int CR8_BITS = 4;
    private static final long EFER_LME = 1 << 8;

    private final UnicornEngine engine;
    private final StubServices services;
    private final EngineCallbacks callbacks;
    private final MemorySegment env;
    private final MemorySegment shared;

    ControlRegisters(final UnicornEngine engine, final StubServices services, final EngineCallbacks callbacks,
            final MemorySegment env, final MemorySegment shared) {
        this.engine = engine;
        this.services = services;
        this.callbacks = callbacks;
        this.env = env;
        this.shared = shared;
    }

    private long control(final int register) {
        return env.get(JAVA_LONG, Env.CR + (long) register * Long.BYTES);
    }

    private boolean inLongMode() {
        return (env.get(JAVA_INT, Env.HFLAGS) & Env.HF_LMA) != 0;
    }

    private boolean in64BitCode() {
        return (env.get(JAVA_INT, Env.HFLAGS) & Env.HF_CS64) != 0;
    }

    /** {@return CR8} The stub asks for no other. */
    long read() {
        return callbacks.taskPriority();
    }

    int write(final int register, final long value) {
        shared.set(JAVA_LONG, Shared.VALUE, value);
        return switch (register) {
            case 0 -> writeControl0(value);
            case 3 -> writeControl3(value);
            case 4 -> writeControl4(value);
            case 8 -> {
                if (value >>> CR8_BITS != 0) {
                    yield Verdict.REFUSED;
                }
                callbacks.taskPriority((int) value);
                yield Verdict.DONE;
            }
            default -> Verdict.LIBRARY;
        };
    }

    private int writeControl0(final long written) {
        final long value = written & CR0_KNOWN | CR0_ET;
        final long now = control(0);
        final boolean turnsOn = (value & CR0_PG) != 0 && (now & CR0_PG) == 0;
        final boolean turnsOff = (value & CR0_PG) == 0 && (now & CR0_PG) != 0;
        final boolean longMode = (env.get(JAVA_LONG, Env.EFER) & EFER_LME) != 0;
        final boolean refused = written >>> Integer.SIZE != 0
                || (value & CR0_PG) != 0 && (value & CR0_PE) == 0
                || (value & CR0_NW) != 0 && (value & CR0_CD) == 0
                || turnsOn && longMode && ((control(4) & CR4_PAE) == 0 || codeIsLong() || taskStateIs16Bit())
                || turnsOff && (in64BitCode() || (control(4) & CR4_PCIDE) != 0);
        if (refused || (value & CR0_PG) != 0 && !longMode && ((value ^ now) & (CR0_CD | CR0_NW | CR0_PG)) != 0
                && !pointersValid(control(3), control(4))) {
            return Verdict.REFUSED;
        }
        shared.set(JAVA_LONG, Shared.VALUE, value);
        if (turnsOff) {
            services.recordDrop();
        }
        return Verdict.LIBRARY;
    }

    private boolean codeIsLong() {
        final int longCode = 1 << 21;
        return (env.get(JAVA_INT, Env.segment(Env.CS) + Env.SEG_FLAGS) & longCode) != 0;
    }

    private boolean taskStateIs16Bit() {
        final int typeAndPresent = 0x8D00;
        final int available286 = 0x8100;
        return (env.get(JAVA_INT, Env.TR + Env.SEG_FLAGS) & typeAndPresent) == available286;
    }

    private int writeControl3(final long written) {
        final long value = (control(4) & CR4_PCIDE) != 0 ? written & ~CR3_KEEP_TRANSLATIONS : written;
        if (inLongMode() && value >>> MAXIMUM_PHYSICAL_BITS != 0
                || !inLongMode() && (control(0) & CR0_PG) != 0 && !pointersValid(value, control(4))) {
            return Verdict.REFUSED;
        }
        shared.set(JAVA_LONG, Shared.VALUE, value);
        return Verdict.LIBRARY;
    }

    private int writeControl4(final long value) {
        final long now = control(4);
        final long sets = value & ~now;
        final long changes = value ^ now;
        if ((value & ~engine.cpu().features().control4()) != 0
                || inLongMode() && (value & CR4_PAE) == 0
                || (sets & CR4_PCIDE) != 0 && (!inLongMode() || (control(3) & CR3_FLAGS) != 0)
                || !inLongMode() && (control(0) & CR0_PG) != 0 && (changes & (CR4_PAE | CR4_PSE | CR4_PGE | CR4_SMEP))
                        != 0 && !pointersValid(control(3), value)) {
            return Verdict.REFUSED;
        }
        if ((changes & CR4_PCIDE) != 0) {
            engine.flushTranslations();
        }
        if ((changes & (CR4_PGE | CR4_PAE | CR4_PSE)) != 0 || (sets & CR4_SMEP) != 0
                || (changes & now & CR4_PCIDE) != 0) {
            services.recordDrop();
        }
        return Verdict.LIBRARY;
    }

    /** Whether PAE paging would take the four page-directory pointers (volume 3, 4.4.1); true for other paging. */
    private boolean pointersValid(final long root, final long cr4) {
        if ((cr4 & CR4_PAE) == 0) {
            return true;
        }
        final int pointers = 4;
        final long reserved = -1L << MAXIMUM_PHYSICAL_BITS | 0x1E6;
        for (int i = 0; i < pointers; i++) {
            final long entry = GuestPaging.entry(engine.ram(), ExtendedPaging.physical(engine.ram(),
                    engine.extendedPageTables(), (root & 0xFFFF_FFE0L) + (long) i * Long.BYTES));
            if ((entry & 1) != 0 && (entry & reserved) != 0) {
                return false;
            }
        }
        return true;
    }
}
