package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static ringside.emulator.engine.unicorn.GuestInstruction.TWO_BYTES;
import static ringside.emulator.engine.unicorn.GuestInstruction.VECTOR;

import java.lang.foreign.MemorySegment;
import ringside.emulator.engine.GuestPaging;

/**
 * Instructions that the library does without a check that the manual asks for. Each is translated alone, and Java
 * looks before it runs, with the CPU's state as it is then.
 *
 * <p>LOCK where it may not stand; vector instructions that no CPU here has; an operand of 16 bytes that is not
 * aligned; a base for GDTR, IDTR, FS or GS that is no address; reserved bits for MXCSR; MOVBE of registers; the
 * breakpoint behind a load of SS; alignment at level 3; the masks behind FNSTENV.
 */
final class Supervision {
    /** Answer of {@link #check}: the instruction may run. Others are a vector. */
    static final int PROCEED = -1;

    private static final int INVALID_OPCODE = 6;
    private static final int GENERAL_PROTECTION = 13;

    private static final int DR7 = 7;
    private static final int DR7_ENABLES = 0xFF;
    private static final int CR4_OSFXSR = 1 << 9;
    private static final int CR4_FSGSBASE = 1 << 16;
    private static final int MXCSR_RESERVED = 0xFFFF_0000;
    private static final int MXCSR_IN_IMAGE = 24;
    /** In CR0: no x87, MMX and SSE unit is available. */
    static final int CR0_EM_TS = 1 << 2 | 1 << 3;
    /** The bits that are 0 in the address of an aligned operand. */
    static final int ALIGNMENT_MASK = 15;
    private static final int TABLE_LIMIT_BYTES = 2;

    private final UnicornEngine engine;
    private final StubServices services;
    private final MemorySegment env;
    private final GuestInstruction instruction = new GuestInstruction();

    Supervision(final UnicornEngine engine, final StubServices services, final MemorySegment env) {
        this.engine = engine;
        this.services = services;
        this.env = env;
    }

    /** {@return whether each instruction is a block of its own} */
    static boolean alone(final int flags) {
        return (flags & Env.RESUME_FLAG) != 0;
    }

    /** {@return {@link BlockTable#RESUMES} for a block whose one instruction RFLAGS.RF is for} */
    static int resumes(final int flags) {
        return (flags & Env.RESUME_FLAG) != 0 ? BlockTable.RESUMES : 0;
    }

    /**
     * {@return what is to be done before an instruction, flags of {@link BlockTable}; 0 for nothing}
     *
     * @param i     the instruction
     * @param next  linear address behind it
     * @param flags as the library keys translations
     */
    static int care(final GuestInstruction i, final long next, final int flags) {
        if (i.lock() && !i.lockable() || i.map() == VECTOR && !isGeneralVector(i) || loadsTable(i) || writesBase(i)
                || loadsMxcsr(i) || storesMxcsr(i) || swapsRegister(i) || i.loadsStackSegment()
                || i.storesEnvironment() || AlignmentCheck.concerns(i, flags)) {
            return BlockTable.SUPERVISED;
        }
        if (i.memory() && AlignedOperands.needs(i)) {
            if (!i.relative()) {
                return BlockTable.ALIGNED;
            }
            return (next + i.displacement() & ALIGNMENT_MASK) == 0 ? 0 : BlockTable.SUPERVISED;
        }
        return i.movesConditionallyInX87() ? BlockTable.WAITS : 0;
    }

    private static boolean isGeneralVector(final GuestInstruction i) {
        return i.isGeneralVector();
    }

    // MOVBE of two registers; with F2 it would be CRC32, with F3 it is nothing.
    private static boolean swapsRegister(final GuestInstruction i) {
        return i.map() == GuestInstruction.MAP_38 && (i.opcode() & ~1) == 0xF0 && !i.memory() && !i.repeatNotEqual();
    }

    // LGDT and LIDT, where a base has 64 bits.
    private static boolean loadsTable(final GuestInstruction i) {
        return i.is(TWO_BYTES, 1) && i.memory() && (i.extension() == 2 || i.extension() == 3) && i.bits() == Long.SIZE;
    }

    // WRFSBASE and WRGSBASE of 64 bits.
    private static boolean writesBase(final GuestInstruction i) {
        return i.is(TWO_BYTES, 0xAE) && !i.memory() && i.repeat() && (i.extension() & ~1) == 2 && i.wide();
    }

    // FXRSTOR; LDMXCSR is a helper.
    private static boolean loadsMxcsr(final GuestInstruction i) {
        return i.is(TWO_BYTES, 0xAE) && i.memory() && i.extension() == 1 && !i.repeat();
    }

    private static boolean storesMxcsr(final GuestInstruction i) {
        final int storeMxcsr = 3;
        return i.is(TWO_BYTES, 0xAE) && i.memory() && i.extension() == storeMxcsr && !i.repeat();
    }

    /** {@return what the running block's one instruction gives rise to} */
    int check() {
        final Block block = services.current();
        final int length = services.decoder().readCode(engine, block.address(), instruction.code());
        if (!instruction.parse(Math.min(length, block.size()), Env.codeBits(env))) {
            return PROCEED;
        }
        final GuestInstruction i = instruction;
        if (i.lock() && !i.lockable() || i.map() == VECTOR && !isGeneralVector(i) || swapsRegister(i)) {
            return INVALID_OPCODE;
        }
        final boolean refused;
        if (loadsTable(i)) {
            final long base = load(operand(block) + TABLE_LIMIT_BYTES);
            refused = (env.get(JAVA_INT, Env.HFLAGS) & Env.HF_CPL) == 0 && !ModelRegisters.canonical(base);
        } else if (writesBase(i)) {
            final long base = env.get(JAVA_LONG, Env.REGS + (long) i.operandRegister() * Long.BYTES);
            refused = (control(4) & CR4_FSGSBASE) != 0 && !ModelRegisters.canonical(base);
        } else if (storesMxcsr(i)) {
            FloatingPoint.gatherFlags(env);
            refused = false;
        } else {
            refused = usableSse() && (loadsMxcsr(i)
                    ? (load(operand(block) + MXCSR_IN_IMAGE) & Integer.toUnsignedLong(MXCSR_RESERVED)) != 0
                    : i.memory() && AlignedOperands.needs(i) && (operand(block) & ALIGNMENT_MASK) != 0);
        }
        if (refused) {
            return GENERAL_PROTECTION;
        }
        final long next = block.address() + block.size() - Env.codeBase(env);
        if (AlignmentCheck.refuses(i, env, next)) {
            return AlignmentCheck.VECTOR;
        }
        if (i.loadsStackSegment()) {
            resumeNext();
        } else if (i.storesEnvironment()) {
            engine.cpu().environmentStores().stores();
        }
        return PROCEED;
    }

    // No instruction breakpoint behind a load of SS, as if RFLAGS.RF were 1 (Intel SDM volume 3, 6.8.3). A fault of the
    // load itself pushes that flag anyway.
    private void resumeNext() {
        if ((env.get(JAVA_INT, Env.DR + DR7 * Long.BYTES) & DR7_ENABLES) != 0) {
            env.set(JAVA_LONG, Env.EFLAGS, env.get(JAVA_LONG, Env.EFLAGS) | Env.RESUME_FLAG);
        }
    }

    private long operand(final Block block) {
        return instruction.address(env, block.address() + block.size() - Env.codeBase(env));
    }

    private boolean usableSse() {
        return (control(0) & CR0_EM_TS) == 0 && (control(4) & CR4_OSFXSR) != 0;
    }

    private long control(final int register) {
        return env.get(JAVA_LONG, Env.CR + (long) register * Long.BYTES);
    }

    /** Eight bytes as the guest will read them; 0 where it will fault. */
    private long load(final long linear) {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            final long physical = ModelRegisters.canonical(linear + i)
                    ? GuestPaging.translate(engine, linear + i) : GuestPaging.UNMAPPED;
            if (physical == GuestPaging.UNMAPPED) {
                return 0;
            }
            value |= Byte.toUnsignedLong(engine.ram().get(JAVA_BYTE, physical)) << i * Byte.SIZE;
        }
        return value;
    }
}
