package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/**
 * #AC: data that an instruction accesses at level 3 with RFLAGS.AC and CR0.AM set must be aligned (Intel SDM volume 3,
 * 6.15, interrupt 17). The library has no such check.
 *
 * <p>AC and the level are part of what translations are keyed by, so other code pays nothing. What the CPU accesses for
 * itself, descriptors and the frames of interrupts, is not checked; the frame of a far call is not either, for it may
 * lie on a stack of another level.
 */
final class AlignmentCheck {
    static final int VECTOR = 17;

    private static final int LEVEL_3 = 3;
    private static final long CR0_AM = 1 << 18;
    private static final int CR4_OSFXSR = 1 << 9;
    private static final int STACK_POINTER = 4;
    private static final int BASE_POINTER = 5;
    private static final int COUNT = 1;
    private static final int SOURCE = 6;
    private static final int DESTINATION = 7;
    private static final int LEAVE = 0xC9;

    private AlignmentCheck() {
    }

    /** {@return whether an instruction is to be looked at} {@code flags} are those that the library keys by. */
    static boolean concerns(final GuestInstruction i, final int flags) {
        return (flags & Env.ALIGNMENT_FLAG) != 0 && (flags & Env.HF_CPL) == LEVEL_3
                && (i.memory() && OperandSizes.alignment(i) > 1 || stackBytes(i) > 1 || isString(i)
                        || isAbsolute(i));
    }

    /**
     * {@return whether an instruction that is about to run is to raise #AC}
     *
     * @param i    which
     * @param env  the CPU
     * @param next RIP behind it
     */
    static boolean refuses(final GuestInstruction i, final MemorySegment env, final long next) {
        final int key = Env.keyFlags(env);
        final long cr0 = env.get(JAVA_LONG, Env.CR);
        return (cr0 & CR0_AM) != 0 && concerns(i, key) && !faultsBefore(i, env, (int) cr0)
                && (unaligned(memory(i, env, next), i.memory() ? OperandSizes.alignment(i) : 1)
                        || unaligned(stack(i, env), stackBytes(i)) || isString(i) && unalignedString(i, env)
                        || isAbsolute(i) && unaligned(absolute(i, env), i.operandBytes()));
    }

    /** An address that is none is for #GP or #SS. */
    private static boolean unaligned(final long address, final int alignment) {
        return (address & alignment - 1) != 0 && ModelRegisters.canonical(address);
    }

    private static long memory(final GuestInstruction i, final MemorySegment env, final long next) {
        return i.memory() ? i.address(env, next) : 0;
    }

    /** Whether the unit that an instruction is for is switched off, or has an exception pending. */
    private static boolean faultsBefore(final GuestInstruction i, final MemorySegment env, final int cr0) {
        final boolean x87 = i.map() == GuestInstruction.ONE_BYTE && i.opcode() >= 0xD8 && i.opcode() <= 0xDF;
        final boolean mmx = i.usesMmx();
        if (!x87 && !mmx && !i.usesSse()) {
            return false;
        }
        return (cr0 & Supervision.CR0_EM_TS) != 0
                || i.usesSse() && (env.get(JAVA_LONG, Env.CR + 4 * Long.BYTES) & CR4_OSFXSR) == 0
                || (mmx || i.waitsBeforeMemory()) && (cr0 & X87Stubs.NUMERIC_ERROR) != 0
                        && FloatingPoint.pendingX87(env);
    }

    private static long register(final MemorySegment env, final int register) {
        return env.get(JAVA_LONG, Env.REGS + (long) register * Long.BYTES);
    }

    /** {@return the bytes of what an instruction pushes or pops, 1 for none} */
    private static int stackBytes(final GuestInstruction i) {
        if (!i.usesStack()) {
            return 1;
        }
        if (i.map() != GuestInstruction.ONE_BYTE) {
            return i.stackBytes();
        }
        return switch (i.opcode()) {
            case 0x9A -> 1;
            case 0xFF -> i.extension() == 3 ? 1 : nearBytes(i);
            case 0xC2, 0xC3, 0xE8 -> nearBytes(i);
            case 0x60, 0x61, 0xCA, 0xCB, 0xCF -> i.operandBytes();
            default -> i.stackBytes();
        };
    }

    /** In 64-bit mode a near branch has 64 bits, whatever its prefix. */
    private static int nearBytes(final GuestInstruction i) {
        final boolean push = i.opcode() == 0xFF && i.extension() == 6;
        return i.bits() == Long.SIZE && !push ? Long.BYTES : i.stackBytes();
    }

    private static long stack(final GuestInstruction i, final MemorySegment env) {
        final boolean leave = i.is(GuestInstruction.ONE_BYTE, LEAVE);
        final long pointer = register(env, leave ? BASE_POINTER : STACK_POINTER);
        if (i.bits() == Long.SIZE) {
            return pointer;
        }
        final boolean wide = (env.get(JAVA_INT, Env.HFLAGS) & Env.HF_SS32) != 0;
        return (wide ? pointer & 0xFFFF_FFFFL : pointer & 0xFFFF)
                + env.get(JAVA_LONG, Env.segment(Env.SS) + Env.SEG_BASE);
    }

    // INS and OUTS are for their ports first.
    private static boolean isString(final GuestInstruction i) {
        return i.map() == GuestInstruction.ONE_BYTE && switch (i.opcode()) {
            case 0xA5, 0xA7, 0xAB, 0xAD, 0xAF -> true;
            default -> false;
        };
    }

    /** Each step of a repetition is as aligned as the first. */
    private static boolean unalignedString(final GuestInstruction i, final MemorySegment env) {
        final long mask = i.addressBits() == Long.SIZE ? -1 : (1L << i.addressBits()) - 1;
        if (i.repeats() && (register(env, COUNT) & mask) == 0) {
            return false;
        }
        final int opcode = i.opcode();
        final boolean reads = opcode != 0xAB && opcode != 0xAF;
        final boolean writes = opcode != 0xAD;
        final int bytes = i.operandBytes();
        return reads && unaligned((register(env, SOURCE) & mask) + base(i, env, i.dataSegment()), bytes)
                || writes && unaligned((register(env, DESTINATION) & mask) + base(i, env, Env.ES), bytes);
    }

    private static long base(final GuestInstruction i, final MemorySegment env, final int segment) {
        final boolean flat = i.bits() == Long.SIZE && segment < Env.FS;
        return flat ? 0 : env.get(JAVA_LONG, Env.segment(segment) + Env.SEG_BASE);
    }

    /** MOV between the accumulator and an address in the instruction. */
    private static boolean isAbsolute(final GuestInstruction i) {
        return i.is(GuestInstruction.ONE_BYTE, 0xA1) || i.is(GuestInstruction.ONE_BYTE, 0xA3);
    }

    private static long absolute(final GuestInstruction i, final MemorySegment env) {
        long offset = 0;
        for (int at = 0; at < i.addressBits() / Byte.SIZE; at++) {
            offset |= (long) i.byteAt(i.end() + at) << at * Byte.SIZE;
        }
        return offset + base(i, env, i.dataSegment());
    }
}
