package ringside.emulator.engine.unicorn;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import ringside.emulator.engine.EngineException;

/**
 * The CPU state as it lies in libunicorn 2.1.4's memory (QEMU 5.0's {@code CPUX86State}): offsets in bytes.
 *
 * <p>Private to that build. {@link #check} writes sentinels through the public interface and finds them here, or
 * refuses to start.
 */
final class Env {
    static final long UC_CPU = 0x1b8;
    static final long CPU_ENV = 0x128;

    /** In the CPU object: what the next block must be like; its low bits how many instructions it has. */
    static final int CPU_NEXT_BLOCK = 0x18;
    /** In the CPU object: the vector that is being delivered. */
    static final int CPU_EXCEPTION_INDEX = 0x81a0;

    static final int REGS = 0;
    static final int EIP = 128;
    static final int EFLAGS = 136;
    /** What the arithmetic flags are computed from; the flags themselves after COMISS. */
    static final int CC_SRC = 152;
    static final int HFLAGS = 176;
    static final int HFLAGS2 = 180;
    static final int SEGS = 184;
    static final int SEG_BYTES = 24;
    static final int SEG_SELECTOR = 0;
    static final int SEG_BASE = 8;
    static final int SEG_LIMIT = 16;
    static final int SEG_FLAGS = 20;
    static final int LDT = 328;
    static final int TR = 352;
    static final int GDT = 376;
    static final int IDT = 400;
    static final int CR = 424;
    /** The x87 unit's status word but for TOP, and its control word. */
    static final int X87_STATUS = 0x260;
    static final int X87_CONTROL = 0x262;
    /** Of the library's own state of x87 arithmetic: what happened. */
    static final int X87_FLAGS = 0x30a;
    /** Of the library's own state of SSE arithmetic. */
    static final int SSE_ROUNDING = 0x329;
    static final int SSE_FLAGS = 0x32a;
    static final int SSE_FLUSH_RESULTS = 0x32c;
    static final int SSE_FLUSH_OPERANDS = 0x32d;
    static final int MXCSR = 0x330;
    static final int EFER = 592;
    static final int STAR = 0x12d8;
    static final int LSTAR = 0x12e8;
    static final int CSTAR = 0x12f0;
    static final int FMASK = 0x12f8;
    static final int KERNEL_GS_BASE = 0x1300;
    static final int TSC_AUX = 0x1320;
    /**
     * Where the address of the engine's {@link Shared} is kept: {@code system_time_msr}, a field for KVM that the
     * library clears when it opens an engine and otherwise neither reads nor writes. Not part of the guest's state.
     */
    static final int SHARED = 0x14d8;
    static final int ERROR_CODE = 0x1508;
    /** Whether the exception is INT n, INT3 or INTO, and then RIP behind it. */
    static final int IS_SOFTWARE = 0x150c;
    static final int NEXT_EIP = 0x1510;
    /** What a further exception would make a double fault of, -1 for nothing. */
    static final int OLD_EXCEPTION = 0x1578;
    static final int DR = 0x1518;
    /** The feature words of CPUID that the translator looks at. */
    static final int FEATURES = 0x1600;

    static final int ES = 0;
    static final int CS = 1;
    static final int SS = 2;
    static final int DS = 3;
    static final int FS = 4;
    static final int GS = 5;

    /** In a segment's flags: P. */
    static final int PRESENT = 1 << 15;
    /** A segment's flags for a task state segment, present and available. */
    static final int TSS_DESCRIPTOR = 0x8900;

    static final int HF_CPL = 3;
    static final int HF_INHIBIT_IRQ = 1 << 3;
    static final int HF_CS32 = 1 << 4;
    static final int HF_SS32 = 1 << 5;
    static final int HF_ADDSEG = 1 << 6;
    static final int HF_PE = 1 << 7;
    static final int HF_LMA = 1 << 14;
    static final int HF_CS64 = 1 << 15;
    static final int HF_SMAP = 1 << 23;

    /** In EFLAGS: TF. */
    static final int TRAP_FLAG = 1 << 8;
    /** In EFLAGS: IF. */
    static final int INTERRUPT_FLAG = 1 << 9;
    /** In HFLAGS2: an NMI is being handled. */
    static final int HF2_NMI = 1 << 2;

    /** RFLAGS.AC. */
    static final int ALIGNMENT_FLAG = 1 << 18;
    /** RFLAGS.RF. */
    static final int RESUME_FLAG = 1 << 16;
    /** The bits of RFLAGS that stand in a translation's flags beside those of HFLAGS. */
    static final int KEY_FLAGS = 0x7_3100;

    private static final long SIZE = 0x2000;
    private static final long CPU_SIZE = 0x8a50;

    private Env() {
    }

    static int segment(final int index) {
        return SEGS + SEG_BYTES * index;
    }

    /** {@return the CPU object of an engine} */
    static MemorySegment cpu(final MemorySegment uc) {
        return uc.reinterpret(UC_CPU + Long.BYTES).get(ValueLayout.ADDRESS, UC_CPU).reinterpret(CPU_SIZE);
    }

    /** {@return the CPU state of an engine, as memory} */
    static MemorySegment of(final MemorySegment uc) {
        final MemorySegment cpu = cpu(uc);
        return cpu.get(ValueLayout.ADDRESS, CPU_ENV).reinterpret(SIZE);
    }

    /** Confirms the offsets that can be reached through the public interface. */
    static void check(final Unicorn library, final MemorySegment uc) {
        final MemorySegment cpu = cpu(uc);
        if (cpu.address() == 0) {
            throw refused("cpu");
        }
        final MemorySegment env = of(uc);
        if (env.address() == 0) {
            throw refused("env");
        }
        check(library, uc, env);
    }

    /** Confirms them in the state at {@code env}. */
    static void check(final Unicorn library, final MemorySegment uc, final MemorySegment env) {
        final int lastGeneral = 15 * Long.BYTES;
        sentinel(library, uc, env, Unicorn.REG_R15, REGS + lastGeneral, 0x5249_4e47_5349_4445L, "r15");
        sentinel(library, uc, env, Unicorn.REG_RIP, EIP, 0x1234_5678_9abcL, "rip");
        sentinel(library, uc, env, Unicorn.REG_CR2, CR + 2 * Long.BYTES, 0x7654_3210_fedcL, "cr2");
        sentinel(library, uc, env, Unicorn.REG_CR3, CR + 3 * Long.BYTES, 0x0012_3000L, "cr3");
        final long interruptFlag = 0x202;
        sentinel(library, uc, env, Unicorn.REG_RFLAGS, EFLAGS, interruptFlag, "rflags");
        msr(library, uc, env, Msr.STAR, STAR, 0x0013_0008_0000_0000L, "star");
        msr(library, uc, env, Msr.LSTAR, LSTAR, 0xffff_ffff_8012_3450L, "lstar");
        msr(library, uc, env, Msr.CSTAR, CSTAR, 0xffff_ffff_8012_3456L, "cstar");
        msr(library, uc, env, Msr.KERNEL_GS_BASE, KERNEL_GS_BASE, 0xffff_ffff_8065_4321L, "kernel_gs_base");
        msr(library, uc, env, Msr.FMASK, FMASK, 0x4700L, "fmask");
        msr(library, uc, env, Msr.TSC_AUX, TSC_AUX, 0x0000_0007L, "tsc_aux");
        final int hflags = env.get(ValueLayout.JAVA_INT, HFLAGS);
        final int expected = HF_PE | HF_LMA | HF_CS64;
        if ((hflags & expected) != expected || (hflags & HF_CPL) != 0) {
            throw refused("hflags=0x" + Integer.toHexString(hflags));
        }
        msr(library, uc, env, Msr.EFER, EFER, 0x401, "efer");
        if (env.get(ValueLayout.JAVA_LONG, SHARED) != 0) {
            throw refused("the place for the shared memory's address is in use");
        }
    }

    /** {@return the linear address of the instruction at RIP; the library adds CS's base in every mode} */
    static long linear(final MemorySegment env) {
        return codeBase(env) + env.get(ValueLayout.JAVA_LONG, EIP);
    }

    /** {@return what the library keys the translation at RIP by} */
    static int keyFlags(final MemorySegment env) {
        return env.get(ValueLayout.JAVA_INT, HFLAGS) | (int) env.get(ValueLayout.JAVA_LONG, EFLAGS) & KEY_FLAGS;
    }

    /** {@return CS's base} */
    static long codeBase(final MemorySegment env) {
        return env.get(ValueLayout.JAVA_LONG, SEGS + CS * SEG_BYTES + SEG_BASE);
    }

    /** {@return how wide the code at RIP is by default: 16, 32 or 64 bits} */
    static int codeBits(final MemorySegment env) {
        return codeBits(env.get(ValueLayout.JAVA_INT, HFLAGS));
    }

    /** {@return how wide code is by default: 16, 32 or 64 bits} */
    static int codeBits(final int hflags) {
        if ((hflags & HF_CS64) != 0) {
            return Long.SIZE;
        }
        return (hflags & HF_CS32) != 0 ? Integer.SIZE : Short.SIZE;
    }

    private static void sentinel(final Unicorn library, final MemorySegment uc, final MemorySegment env,
            final int register, final long offset, final long value, final String name) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment cell = arena.allocate(ValueLayout.JAVA_LONG);
            final long before = env.get(ValueLayout.JAVA_LONG_UNALIGNED, offset);
            cell.set(ValueLayout.JAVA_LONG, 0, value);
            library.check("self-check " + name, (int) library.regWrite.invokeExact(uc, register, cell), 0);
            // RFLAGS keeps its always-one bit and the arithmetic flags elsewhere.
            final long found = env.get(ValueLayout.JAVA_LONG_UNALIGNED, offset);
            if (found != value) {
                throw refused(name + " found=0x" + Long.toHexString(found));
            }
            env.set(ValueLayout.JAVA_LONG_UNALIGNED, offset, before);
        } catch (final Throwable e) {
            throw Unicorn.rethrow("self-check", e);
        }
    }

    private static void msr(final Unicorn library, final MemorySegment uc, final MemorySegment env,
            final int number, final long offset, final long value, final String name) {
        try (Arena arena = Arena.ofConfined()) {
            final int valueOffset = 8;
            final MemorySegment cell = arena.allocate(16, Long.BYTES);
            final long before = env.get(ValueLayout.JAVA_LONG_UNALIGNED, offset);
            cell.set(ValueLayout.JAVA_INT, 0, number);
            cell.set(ValueLayout.JAVA_LONG, valueOffset, value);
            final int msrRegister = 248;
            library.check("self-check " + name, (int) library.regWrite.invokeExact(uc, msrRegister, cell), 0);
            final long found = env.get(ValueLayout.JAVA_LONG_UNALIGNED, offset);
            if (found != value) {
                throw refused(name + " found=0x" + Long.toHexString(found));
            }
            env.set(ValueLayout.JAVA_LONG_UNALIGNED, offset, before);
        } catch (final Throwable e) {
            throw Unicorn.rethrow("self-check", e);
        }
    }

    private static EngineException refused(final String what) {
        return new EngineException("self-check of the private layout", what + ": this library is not the tested "
                + "build; " + Unicorn.identity(), 0);
    }
}
