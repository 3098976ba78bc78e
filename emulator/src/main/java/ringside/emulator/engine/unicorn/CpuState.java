package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.engine.ExtendedPaging;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;

/**
 * What a CPU is between two instructions, as the manuals name it: registers, and not how the library happens to hold
 * them. So equal CPUs save equal bytes.
 *
 * <p>Loading trusts nothing: a combination that no CPU can be in is refused, because the library would believe it.
 * Flags that follow from others are held against them. The TLB, which is no part of it, is empty afterwards.
 *
 * <p><b>Not saved</b>, because no instruction here can tell: upper halves of vector registers.
 */
final class CpuState implements Stateful {
    private static final int CC_DST = 0x90;
    private static final int CC_SRC2 = 0xA0;
    private static final int CC_OP = 0xA8;
    private static final int DF = 0xAC;
    static final int FPSTT = 0x25C;
    static final int FPTAGS = 0x264;
    static final int FPREGS = 0x270;
    static final int FPREG_BYTES = 16;
    /** Of the last x87 instruction: selectors of its code and its data, and their addresses. */
    static final int FPCS = 0x2F2;
    static final int FPDS = 0x2F4;
    static final int FPIP = 0x2F8;
    static final int FPDP = 0x300;
    private static final int MXCSR = 0x330;
    static final int XMM = 0x338;
    static final int XMM_BYTES = 64;
    private static final int SYSENTER_CS = 0x12C0;
    private static final int SYSENTER_ESP = 0x12C8;
    private static final int SYSENTER_EIP = 0x12D0;
    static final int XCR0 = 0x1328;
    private static final int MISC_ENABLE = 0x1338;
    static final int PAT = 0x14A0;

    /** MSRs that hold any value that a guest could write: the library looks at none of their bits unchecked. */
    private static final int[] PLAIN = {Env.STAR, Env.LSTAR, Env.CSTAR, Env.FMASK, Env.KERNEL_GS_BASE, Env.TSC_AUX,
        SYSENTER_ESP, SYSENTER_EIP, MISC_ENABLE, PAT};
    /** Segments, then LDTR, TR, GDTR, IDTR: all are held alike. */
    private static final int DESCRIPTORS = 10;
    private static final int GENERAL = 16;
    private static final int X87_REGISTERS = 8;
    private static final int XMM_REGISTERS = 16;
    /** Of FNINIT and of power-up (Intel SDM volume 1, 8.1.5 and 11.6.4). */
    private static final int INITIAL_CONTROL = 0x37F;
    private static final int INITIAL_MXCSR = 0x1F80;
    private static final int DEBUG_ADDRESSES = 4;
    private static final int DR6 = 6;
    private static final int DR7 = 7;
    private static final long DR7_ENABLES = 0xFF;

    /** In EFLAGS: CF PF AF ZF SF OF, which the library keeps apart. */
    private static final long ARITHMETIC = 0x8D5;
    private static final int DIRECTION_SHIFT = 10;
    private static final long ALWAYS_ONE = 2;
    private static final long FLAGS_MOST = 0x3F_FFFF;
    private static final int FLAGS_ARE_IN_SOURCE = 1;

    private static final long CR0_KNOWN = 0xE005_003FL;
    private static final long CR0_PE = 1;
    private static final long CR0_PG = 1L << 31;
    private static final int CR0_TO_HFLAGS = 8;
    private static final int CR0_MP_EM_TS = 7 << 1;
    private static final long CR4_PAE = 1 << 5;
    private static final long CR4_OSFXSR = 1 << 9;
    private static final long CR4_SMAP = 1 << 21;
    private static final long EFER_LME = 1 << 8;
    private static final long EFER_LMA = 1 << 10;
    /** SCE LME LMA NXE. */
    private static final long EFER_KNOWN = 0xD01;

    private static final int HF_MP_EM_TS = 7 << 9;
    private static final int HF_OSFXSR = 1 << 22;
    private static final int HF_SMAP = 1 << 23;
    private static final int HF_STATE = Env.HF_CPL | Env.HF_INHIBIT_IRQ | Env.HF_CS32 | Env.HF_SS32 | Env.HF_ADDSEG
            | Env.HF_PE | HF_MP_EM_TS | Env.HF_LMA | Env.HF_CS64 | HF_OSFXSR | HF_SMAP;
    private static final int SEGMENT_LONG = 1 << 21;

    private final Unicorn library;
    private final UnicornEngine engine;
    private final MemorySegment env;

    CpuState(final Unicorn library, final UnicornEngine engine, final MemorySegment env) {
        this.library = library;
        this.engine = engine;
        this.env = env;
    }

    /** Puts floating point in the state that QEMU powers up in; the library leaves it with every exception unmasked. */
    void powerUp() {
        engine.writeThroughLibrary(Unicorn.REG_FPCW, INITIAL_CONTROL);
        engine.writeThroughLibrary(Unicorn.REG_MXCSR, INITIAL_MXCSR);
        env.asSlice(FPTAGS, X87_REGISTERS).fill((byte) 1);
    }

    private long control(final int number) {
        return env.get(JAVA_LONG, Env.CR + (long) number * Long.BYTES);
    }

    private void control(final int number, final long value) {
        env.set(JAVA_LONG, Env.CR + (long) number * Long.BYTES, value);
    }

    private long debug(final int number) {
        return env.get(JAVA_LONG, Env.DR + (long) number * Long.BYTES);
    }

    private void debug(final int number, final long value) {
        env.set(JAVA_LONG, Env.DR + (long) number * Long.BYTES, value);
    }

    @Override
    public void save(final StateWriter out) {
        out.section("cpu");
        for (int i = 0; i < GENERAL; i++) {
            out.i64(env.get(JAVA_LONG, Env.REGS + (long) i * Long.BYTES));
        }
        out.i64(env.get(JAVA_LONG, Env.EIP)).i64(engine.read(CpuRegister.RFLAGS));
        out.i32(env.get(JAVA_INT, Env.HFLAGS) & HF_STATE)
                .bool((env.get(JAVA_INT, Env.HFLAGS2) & Env.HF2_NMI) != 0);
        for (int i = 0; i < DESCRIPTORS; i++) {
            final int at = Env.segment(i);
            out.i32(env.get(JAVA_INT, at + Env.SEG_SELECTOR)).i64(env.get(JAVA_LONG, at + Env.SEG_BASE))
                    .i32(env.get(JAVA_INT, at + Env.SEG_LIMIT)).i32(env.get(JAVA_INT, at + Env.SEG_FLAGS));
        }
        out.i64(control(0)).i64(control(2)).i64(control(3)).i64(control(4)).i64(env.get(JAVA_LONG, Env.EFER));
        for (final int msr : PLAIN) {
            out.i64(env.get(JAVA_LONG, msr));
        }
        out.i32(env.get(JAVA_INT, SYSENTER_CS)).i64(env.get(JAVA_LONG, XCR0));
        for (int i = 0; i < DEBUG_ADDRESSES; i++) {
            out.i64(debug(i));
        }
        out.i64(debug(DR6)).i64(debug(DR7)).i64(engine.extendedPageTables());
        saveFloatingPoint(out);
    }

    private void saveFloatingPoint(final StateWriter out) {
        FloatingPoint.gatherFlags(env);
        out.section("fpu").u8(env.get(JAVA_INT, FPSTT) & X87_REGISTERS - 1).u16(env.get(JAVA_SHORT, Env.X87_STATUS))
                .u16(env.get(JAVA_SHORT, Env.X87_CONTROL));
        for (int i = 0; i < X87_REGISTERS; i++) {
            final long at = FPREGS + (long) i * FPREG_BYTES;
            out.bool(env.get(JAVA_BYTE, FPTAGS + i) != 0).i64(env.get(JAVA_LONG, at))
                    .u16(env.get(JAVA_SHORT, at + Long.BYTES));
        }
        out.u16(env.get(JAVA_SHORT, FPCS)).u16(env.get(JAVA_SHORT, FPDS)).i64(env.get(JAVA_LONG, FPIP))
                .i64(env.get(JAVA_LONG, FPDP));
        out.i32(env.get(JAVA_INT, MXCSR));
        for (int i = 0; i < XMM_REGISTERS; i++) {
            final long at = XMM + (long) i * XMM_BYTES;
            out.i64(env.get(JAVA_LONG, at)).i64(env.get(JAVA_LONG, at + Long.BYTES));
        }
    }

    @Override
    public void load(final StateReader in) {
        engine.cpu().features().install();
        in.section("cpu");
        for (int i = 0; i < GENERAL; i++) {
            env.set(JAVA_LONG, Env.REGS + (long) i * Long.BYTES, in.i64());
        }
        env.set(JAVA_LONG, Env.EIP, in.i64());
        loadFlags(in.i64(0, FLAGS_MOST));
        final int hidden = in.i32();
        env.set(JAVA_INT, Env.HFLAGS2, env.get(JAVA_INT, Env.HFLAGS2) & ~Env.HF2_NMI | (in.bool() ? Env.HF2_NMI : 0));
        for (int i = 0; i < DESCRIPTORS; i++) {
            final int at = Env.segment(i);
            env.set(JAVA_INT, at + Env.SEG_SELECTOR, in.i32(0, 0xFFFF));
            env.set(JAVA_LONG, at + Env.SEG_BASE, in.i64());
            env.set(JAVA_INT, at + Env.SEG_LIMIT, in.i32());
            env.set(JAVA_INT, at + Env.SEG_FLAGS, in.i32());
        }
        loadControl(in, hidden);
        for (final int msr : PLAIN) {
            env.set(JAVA_LONG, msr, in.i64());
        }
        env.set(JAVA_INT, SYSENTER_CS, in.i32());
        final int x87AndSse = 3;
        env.set(JAVA_LONG, XCR0, in.i64(1, x87AndSse));
        loadDebug(in);
        loadExtendedPageTables(in);
        loadFloatingPoint(in);
        env.set(JAVA_INT, Env.ERROR_CODE, 0);
        env.set(JAVA_INT, Env.IS_SOFTWARE, 0);
        env.set(JAVA_LONG, Env.NEXT_EIP, 0);
        env.set(JAVA_INT, Env.OLD_EXCEPTION, -1);
        engine.flushTranslations();
    }

    /** Between runs the library has the arithmetic flags twice: it reads them here and starts a run from there. */
    private void loadFlags(final long flags) {
        env.set(JAVA_LONG, Env.CC_SRC, flags & ARITHMETIC);
        env.set(JAVA_LONG, CC_DST, 0);
        env.set(JAVA_LONG, CC_SRC2, 0);
        env.set(JAVA_INT, CC_OP, FLAGS_ARE_IN_SOURCE);
        env.set(JAVA_INT, DF, 1 - 2 * (int) (flags >> DIRECTION_SHIFT & 1));
        env.set(JAVA_LONG, Env.EFLAGS, flags | ALWAYS_ONE);
    }

    private void loadControl(final StateReader in, final int hidden) {
        final long cr0 = in.i64();
        final long cr2 = in.i64();
        final long cr3 = in.i64();
        final long cr4 = in.i64();
        final long efer = in.i64();
        if ((cr0 & ~CR0_KNOWN) != 0 || (cr4 & ~engine.cpu().features().control4()) != 0 || (efer & ~EFER_KNOWN) != 0) {
            throw in.refused("control registers with bits that are none: cr0=0x" + Long.toHexString(cr0) + " cr4=0x"
                    + Long.toHexString(cr4) + " efer=0x" + Long.toHexString(efer));
        }
        final boolean isProtected = (cr0 & CR0_PE) != 0;
        final boolean pages = (cr0 & CR0_PG) != 0;
        final boolean isLong = (efer & EFER_LMA) != 0;
        if (pages && !isProtected || isLong != (pages && (efer & EFER_LME) != 0)
                || isLong && (cr4 & CR4_PAE) == 0) {
            throw in.refused("no mode that a CPU has: cr0=0x" + Long.toHexString(cr0) + " cr4=0x"
                    + Long.toHexString(cr4) + " efer=0x" + Long.toHexString(efer));
        }
        final int level = hidden & Env.HF_CPL;
        final boolean codeIsLong = (hidden & Env.HF_CS64) != 0;
        final int codeFlags = env.get(JAVA_INT, Env.segment(Env.CS) + Env.SEG_FLAGS);
        final int follows = (isProtected ? Env.HF_PE : 0) | ((int) cr0 & CR0_MP_EM_TS) << CR0_TO_HFLAGS
                | (isLong ? Env.HF_LMA : 0) | ((cr4 & CR4_OSFXSR) != 0 ? HF_OSFXSR : 0)
                | ((cr4 & CR4_SMAP) != 0 ? HF_SMAP : 0);
        final int free = Env.HF_CPL | Env.HF_INHIBIT_IRQ | Env.HF_CS32 | Env.HF_SS32 | Env.HF_ADDSEG | Env.HF_CS64;
        if ((hidden & ~free) != follows || !isProtected && level != 0
                || codeIsLong && !(isLong && (codeFlags & SEGMENT_LONG) != 0)) {
            throw in.refused("a CPU's hidden flags contradict its registers: flags=0x" + Integer.toHexString(hidden)
                    + " expected=0x" + Integer.toHexString(follows));
        }
        env.set(JAVA_INT, Env.HFLAGS, hidden);
        control(0, cr0);
        control(2, cr2);
        control(3, cr3);
        control(4, cr4);
        env.set(JAVA_LONG, Env.EFER, efer);
    }

    /** The library keeps breakpoints beside DR7: the old ones go before the addresses change. */
    private void loadDebug(final StateReader in) {
        library.breakpoints(env, (int) (debug(DR7) & ~DR7_ENABLES));
        for (int i = 0; i < DEBUG_ADDRESSES; i++) {
            debug(i, in.i64());
        }
        debug(DR6, in.i64(0, 0xFFFF_FFFFL));
        library.breakpoints(env, (int) in.i64(0, 0xFFFF_FFFFL));
    }

    private void loadExtendedPageTables(final StateReader in) {
        final long pointer = in.i64();
        if (pointer != 0 && !ExtendedPaging.isPointer(pointer)) {
            throw in.refused("no pointer to extended page tables: pointer=0x" + Long.toHexString(pointer));
        }
        engine.extendedPageTables(pointer);
    }

    private void loadFloatingPoint(final StateReader in) {
        in.section("fpu");
        env.set(JAVA_INT, FPSTT, in.u8() & X87_REGISTERS - 1);
        env.set(JAVA_SHORT, Env.X87_STATUS, (short) in.u16());
        env.set(JAVA_BYTE, Env.X87_FLAGS, (byte) 0);
        final int control = in.u16();
        for (int i = 0; i < X87_REGISTERS; i++) {
            final long at = FPREGS + (long) i * FPREG_BYTES;
            env.set(JAVA_BYTE, FPTAGS + i, (byte) (in.bool() ? 1 : 0));
            env.set(JAVA_LONG, at, in.i64());
            env.set(JAVA_SHORT, at + Long.BYTES, (short) in.u16());
        }
        env.set(JAVA_SHORT, FPCS, (short) in.u16());
        env.set(JAVA_SHORT, FPDS, (short) in.u16());
        env.set(JAVA_LONG, FPIP, in.i64());
        env.set(JAVA_LONG, FPDP, in.i64());
        // The library derives rounding and precision from these two.
        engine.writeThroughLibrary(Unicorn.REG_FPCW, control);
        engine.writeThroughLibrary(Unicorn.REG_MXCSR, in.i32(0, 0xFFFF));
        for (int i = 0; i < XMM_REGISTERS; i++) {
            final long at = XMM + (long) i * XMM_BYTES;
            env.set(JAVA_LONG, at, in.i64());
            env.set(JAVA_LONG, at + Long.BYTES, in.i64());
        }
    }
}
