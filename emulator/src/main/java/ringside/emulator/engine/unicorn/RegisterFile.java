package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.engine.DescriptorTable;
import ringside.emulator.engine.FloatingPointRegisters;
import ringside.emulator.engine.ModelRegister;
import ringside.emulator.engine.SegmentName;
import ringside.emulator.engine.SegmentRegister;
import ringside.emulator.engine.SystemRegisters;

/** A CPU's registers by name, for who looks at it or changes it from outside. */
final class RegisterFile {
    private static final int WORD = 0xFFFF;
    private static final int TOP_SHIFT = 11;
    private static final int TOP = 7;
    private static final int STATUS_BUT_TOP = 0xC7FF;
    private static final int DEBUG_REGISTERS = 8;

    private final UnicornEngine engine;
    private final MemorySegment env;

    RegisterFile(final UnicornEngine engine, final MemorySegment env) {
        this.engine = engine;
        this.env = env;
    }

    long read(final CpuRegister register) {
        return switch (register) {
            case RFLAGS -> engine.readThroughLibrary(Unicorn.REG_RFLAGS);
            case CPL -> env.get(JAVA_INT, Env.HFLAGS) & Env.HF_CPL;
            default -> env.get(JAVA_LONG, place(register));
        };
    }

    void write(final CpuRegister register, final long value) {
        switch (register) {
            case RIP -> engine.writeThroughLibrary(Unicorn.REG_RIP, canonical(register, value));
            case RFLAGS -> engine.writeThroughLibrary(Unicorn.REG_RFLAGS, value);
            case CR0 -> engine.writeThroughLibrary(Unicorn.REG_CR0, value);
            case CR2 -> engine.writeThroughLibrary(Unicorn.REG_CR2, value);
            case CR3 -> engine.writeThroughLibrary(Unicorn.REG_CR3, value);
            case CR4 -> engine.writeThroughLibrary(Unicorn.REG_CR4, value);
            case EFER, CPL -> throw new IllegalArgumentException("not written from outside: register=" + register);
            case FS_BASE, GS_BASE, KERNEL_GS_BASE ->
                    env.set(JAVA_LONG, place(register), canonical(register, value));
            default -> env.set(JAVA_LONG, place(register), value);
        }
    }

    private static long canonical(final CpuRegister register, final long value) {
        if (!ModelRegisters.canonical(value)) {
            throw new IllegalArgumentException("no canonical address: register=" + register + " value=0x"
                    + Long.toHexString(value));
        }
        return value;
    }

    /** {@return where a register lies that the library keeps as it is} */
    private static long place(final CpuRegister register) {
        return switch (register) {
            case RIP -> Env.EIP;
            case CR0 -> Env.CR;
            case CR2 -> Env.CR + 2 * Long.BYTES;
            case CR3 -> Env.CR + 3 * Long.BYTES;
            case CR4 -> Env.CR + 4 * Long.BYTES;
            case EFER -> Env.EFER;
            case FS_BASE -> Env.segment(Env.FS) + Env.SEG_BASE;
            case GS_BASE -> Env.segment(Env.GS) + Env.SEG_BASE;
            case KERNEL_GS_BASE -> Env.KERNEL_GS_BASE;
            case RFLAGS, CPL -> throw new IllegalStateException("not kept as it is: register=" + register);
            default -> Env.REGS + (long) register.ordinal() * Long.BYTES;
        };
    }

    private static long place(final ModelRegister register) {
        return switch (register) {
            case PAT -> CpuState.PAT;
            case EFER -> Env.EFER;
            case STAR -> Env.STAR;
            case LSTAR -> Env.LSTAR;
            case CSTAR -> Env.CSTAR;
            case FMASK -> Env.FMASK;
            case FS_BASE -> place(CpuRegister.FS_BASE);
            case GS_BASE -> place(CpuRegister.GS_BASE);
            case KERNEL_GS_BASE -> Env.KERNEL_GS_BASE;
            case TSC_AUX -> Env.TSC_AUX;
        };
    }

    SystemRegisters system(final int priority) {
        final Map<SegmentName, SegmentRegister> segments = new EnumMap<>(SegmentName.class);
        for (final SegmentName name : SegmentName.values()) {
            final int at = Env.segment(name.ordinal());
            segments.put(name, new SegmentRegister(env.get(JAVA_INT, at + Env.SEG_SELECTOR) & WORD,
                    env.get(JAVA_LONG, at + Env.SEG_BASE),
                    Integer.toUnsignedLong(env.get(JAVA_INT, at + Env.SEG_LIMIT)),
                    env.get(JAVA_INT, at + Env.SEG_FLAGS)));
        }
        final Map<ModelRegister, Long> models = new EnumMap<>(ModelRegister.class);
        for (final ModelRegister register : ModelRegister.values()) {
            models.put(register, env.get(JAVA_LONG, place(register)));
        }
        final List<Long> debug = new ArrayList<>();
        final int aliases = 4;
        for (int i = 0; i < DEBUG_REGISTERS; i++) {
            final int number = i == aliases || i == aliases + 1 ? i + 2 : i;
            debug.add(env.get(JAVA_LONG, Env.DR + (long) number * Long.BYTES));
        }
        return new SystemRegisters(segments, table(Env.GDT), table(Env.IDT), models, debug,
                env.get(JAVA_LONG, CpuState.XCR0), priority, Env.codeBits(env));
    }

    private DescriptorTable table(final int at) {
        return new DescriptorTable(env.get(JAVA_LONG, at + Env.SEG_BASE),
                env.get(JAVA_INT, at + Env.SEG_LIMIT) & WORD);
    }

    FloatingPointRegisters floatingPoint() {
        FloatingPoint.gatherFlags(env);
        final int top = env.get(JAVA_INT, CpuState.FPSTT) & TOP;
        int empty = 0;
        final List<FloatingPointRegisters.Extended> stack = new ArrayList<>();
        for (int i = 0; i < FloatingPointRegisters.STACK; i++) {
            empty |= (env.get(JAVA_BYTE, CpuState.FPTAGS + i) != 0 ? 1 : 0) << i;
            final long at = stackPlace(top + i & TOP);
            stack.add(new FloatingPointRegisters.Extended(env.get(JAVA_LONG, at),
                    env.get(JAVA_SHORT, at + Long.BYTES) & WORD));
        }
        final List<FloatingPointRegisters.Vector> vectors = new ArrayList<>();
        for (int i = 0; i < FloatingPointRegisters.VECTORS; i++) {
            final long at = vectorPlace(i);
            vectors.add(new FloatingPointRegisters.Vector(
                    env.get(JAVA_LONG, at), env.get(JAVA_LONG, at + Long.BYTES)));
        }
        final FloatingPointRegisters.LastInstruction last = new FloatingPointRegisters.LastInstruction(
                env.get(JAVA_SHORT, CpuState.FPCS) & WORD, env.get(JAVA_LONG, CpuState.FPIP),
                env.get(JAVA_SHORT, CpuState.FPDS) & WORD, env.get(JAVA_LONG, CpuState.FPDP));
        return new FloatingPointRegisters(env.get(JAVA_SHORT, Env.X87_CONTROL) & WORD,
                env.get(JAVA_SHORT, Env.X87_STATUS) & STATUS_BUT_TOP | top << TOP_SHIFT, empty, stack, last,
                env.get(JAVA_INT, Env.MXCSR) & WORD, vectors);
    }

    void floatingPoint(final FloatingPointRegisters values) {
        env.set(JAVA_INT, CpuState.FPSTT, values.top());
        env.set(JAVA_SHORT, Env.X87_STATUS, (short) (values.status() & STATUS_BUT_TOP));
        env.set(JAVA_BYTE, Env.X87_FLAGS, (byte) 0);
        for (int i = 0; i < FloatingPointRegisters.STACK; i++) {
            env.set(JAVA_BYTE, CpuState.FPTAGS + i, (byte) (values.tags() >> i & 1));
            final long at = stackPlace(values.top() + i & TOP);
            env.set(JAVA_LONG, at, values.stack().get(i).significand());
            env.set(JAVA_SHORT, at + Long.BYTES, (short) values.stack().get(i).exponent());
        }
        env.set(JAVA_SHORT, CpuState.FPCS, (short) values.last().code());
        env.set(JAVA_SHORT, CpuState.FPDS, (short) values.last().data());
        env.set(JAVA_LONG, CpuState.FPIP, values.last().address());
        env.set(JAVA_LONG, CpuState.FPDP, values.last().operand());
        for (int i = 0; i < FloatingPointRegisters.VECTORS; i++) {
            final long at = vectorPlace(i);
            env.set(JAVA_LONG, at, values.vectors().get(i).low());
            env.set(JAVA_LONG, at + Long.BYTES, values.vectors().get(i).high());
        }
        // The library derives rounding and precision from these two.
        engine.writeThroughLibrary(Unicorn.REG_FPCW, values.control());
        engine.writeThroughLibrary(Unicorn.REG_MXCSR, values.mxcsr());
    }

    private static long stackPlace(final int physical) {
        return CpuState.FPREGS + (long) physical * CpuState.FPREG_BYTES;
    }

    private static long vectorPlace(final int number) {
        return CpuState.XMM + (long) number * CpuState.XMM_BYTES;
    }
}
