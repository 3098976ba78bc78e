package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import ringside.emulator.engine.EngineConfig;

/** The two states a CPU is handed over in, written into the engine's own structure, cached descriptors included. */
final class EntryState {
    private static final int SEGMENTS = 6;
    private static final int FLAT_CODE_32 = 0xCF9B00;
    private static final int FLAT_CODE_64 = 0xA09B00;
    private static final int FLAT_DATA = 0xCF9300;
    private static final int LIMIT = 0xFFFF_FFFF;
    private static final int TSS_LIMIT = 0x67;
    private static final int REAL_LIMIT = 0xFFFF;
    private static final int REAL_SEGMENT = 0x9300;
    private static final int LDT_DESCRIPTOR = 0x8200;
    /** Where EIP is after INIT, below the top of the first megabyte's alias at 4 GiB. */
    static final long RESET_VECTOR = 0xFFF0;

    private static final long CR0_PE = 1;
    private static final long CR0_ET = 1 << 4;
    private static final long CR0_WP = 1 << 16;
    private static final long CR0_PG = 1L << 31;
    private static final long CR0_CACHE = 3L << 29;
    private static final long DR6_ONES = 0xFFFF_0FF0L;
    private static final int DR6 = 6;
    private static final int RESET_SIGNATURE = 0x600;
    private static final long CR4_PAE = 1 << 5;
    private static final long EFER_LME_LMA = 0x500;

    private EntryState() {
    }

    /** 32-bit protected mode, flat segments, no paging: what the PVH protocol promises. */
    static void protectedMode(final MemorySegment env) {
        segments(env, FLAT_CODE_32);
        control(env, CR0_PE | CR0_ET, 0, 0, 0);
        env.set(JAVA_INT, Env.HFLAGS, Env.HF_PE | Env.HF_CS32 | Env.HF_SS32);
    }

    /** 64-bit mode at privilege level 0 over the page tables at {@code root}. */
    static void longMode(final MemorySegment env, final long root) {
        segments(env, FLAT_CODE_64);
        control(env, CR0_PE | CR0_ET | CR0_WP | CR0_PG, root, CR4_PAE, EFER_LME_LMA);
        env.set(JAVA_INT, Env.HFLAGS, Env.HF_PE | Env.HF_CS32 | Env.HF_SS32 | Env.HF_CS64 | Env.HF_LMA);
    }

    /** After INIT (Intel SDM volume 3, table 10-1), DR7 excepted, behind which the library has breakpoints. */
    static void initialised(final MemorySegment env) {
        final int generals = 16;
        for (int i = 0; i < generals; i++) {
            env.set(JAVA_LONG, Env.REGS + (long) i * Long.BYTES, i == 2 ? RESET_SIGNATURE : 0);
        }
        for (int i = 0; i < SEGMENTS; i++) {
            segment(env, Env.segment(i), 0, REAL_LIMIT, REAL_SEGMENT);
        }
        final int resetCode = 0xF000;
        final long resetBase = 0xFFFF_0000L;
        env.set(JAVA_INT, Env.segment(Env.CS) + Env.SEG_SELECTOR, resetCode);
        env.set(JAVA_LONG, Env.segment(Env.CS) + Env.SEG_BASE, resetBase);
        segment(env, Env.LDT, 0, REAL_LIMIT, LDT_DESCRIPTOR);
        segment(env, Env.TR, 0, REAL_LIMIT, Env.TSS_DESCRIPTOR);
        segment(env, Env.GDT, 0, REAL_LIMIT, 0);
        segment(env, Env.IDT, 0, REAL_LIMIT, 0);
        control(env, env.get(JAVA_LONG, Env.CR) & CR0_CACHE | CR0_ET, 0, 0, 0);
        env.set(JAVA_LONG, Env.CR + 2 * Long.BYTES, 0);
        for (int i = 0; i <= DR6; i++) {
            env.set(JAVA_LONG, Env.DR + (long) i * Long.BYTES, i == DR6 ? DR6_ONES : 0);
        }
        env.set(JAVA_INT, Env.HFLAGS, Env.HF_ADDSEG);
        env.set(JAVA_INT, Env.HFLAGS2, env.get(JAVA_INT, Env.HFLAGS2) & ~Env.HF2_NMI);
    }

    /** After a start-up IPI: in real mode at the page that the vector names. */
    static void started(final MemorySegment env, final int vector) {
        env.set(JAVA_INT, Env.segment(Env.CS) + Env.SEG_SELECTOR, vector << Byte.SIZE);
        env.set(JAVA_LONG, Env.segment(Env.CS) + Env.SEG_BASE, (long) vector << EngineConfig.PAGE_BITS);
    }

    private static void segments(final MemorySegment env, final int code) {
        final int codeSelector = 0x08;
        final int dataSelector = 0x10;
        for (int i = 0; i < SEGMENTS; i++) {
            final boolean isCode = i == Env.CS;
            segment(env, Env.segment(i), isCode ? codeSelector : dataSelector, LIMIT, isCode ? code : FLAT_DATA);
        }
        segment(env, Env.TR, 0, TSS_LIMIT, Env.TSS_DESCRIPTOR);
    }

    private static void segment(
            final MemorySegment env, final int at, final int selector, final int limit, final int flags) {
        env.set(JAVA_INT, at + Env.SEG_SELECTOR, selector);
        env.set(JAVA_LONG, at + Env.SEG_BASE, 0);
        env.set(JAVA_INT, at + Env.SEG_LIMIT, limit);
        env.set(JAVA_INT, at + Env.SEG_FLAGS, flags);
    }

    private static void control(
            final MemorySegment env, final long cr0, final long cr3, final long cr4, final long efer) {
        env.set(JAVA_LONG, Env.CR, cr0);
        env.set(JAVA_LONG, Env.CR + 3 * Long.BYTES, cr3);
        env.set(JAVA_LONG, Env.CR + 4 * Long.BYTES, cr4);
        env.set(JAVA_LONG, Env.EFER, efer);
    }
}
