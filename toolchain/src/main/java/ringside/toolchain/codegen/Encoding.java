package ringside.toolchain.codegen;

import java.util.function.Function;
import ringside.toolchain.image.Relocation;

/**
 * The parts of one instruction, and the order in which they stand (SDM 2A chapter 2): segment, 66, F2/F3, F0, REX,
 * opcode, ModRM, SIB, displacement, immediate.
 */
final class Encoding {
    private static final int OPERAND_SIZE_PREFIX = 0x66;
    private static final int LOCK_PREFIX = 0xf0;
    private static final int REX = 0x40;
    private static final int REX_W = 8;
    private static final int RM_SIB = 4;
    private static final int RM_DISP32 = 5;
    private static final int SIB_NO_INDEX = 4;
    private static final int SIB_NO_BASE = 5;

    private final int opcode;
    private Width width = Width.DWORD;
    private int mandatoryPrefix;
    private boolean lockable;
    private boolean locked;
    private boolean hasModRm;
    private int field;
    private Reg register;
    private Reg rmRegister;
    private Mem rmMemory;
    private Reg added;
    private int immediateBytes;
    private long immediate;

    private Encoding(final int opcode) {
        this.opcode = opcode;
    }

    /** One to three opcode bytes, the first of them in the highest place: {@code 0x0faf} is 0F AF. */
    static Encoding of(final int opcode) {
        return new Encoding(opcode);
    }

    /** Operand size: WORD adds 66, QWORD sets REX.W, BYTE and DWORD add nothing. */
    Encoding width(final Width newWidth) {
        width = newWidth;
        return this;
    }

    /** F2 or F3 as a part of the opcode, or as REP. */
    Encoding prefix(final int prefix) {
        mandatoryPrefix = prefix;
        return this;
    }

    /** A LOCK prefix may stand before it if the destination is memory. */
    Encoding lockable() {
        lockable = true;
        return this;
    }

    /** A register in ModRM.reg. */
    Encoding reg(final Reg reg) {
        register = reg;
        return digit(reg.number());
    }

    /** A number in ModRM.reg: the manual's {@code /digit}. */
    Encoding digit(final int digit) {
        hasModRm = true;
        field = digit;
        return this;
    }

    Encoding rm(final Reg reg) {
        hasModRm = true;
        rmRegister = reg;
        return this;
    }

    Encoding rm(final Mem mem) {
        hasModRm = true;
        rmMemory = mem;
        return this;
    }

    /** A register in the low bits of the last opcode byte: the manual's {@code +rd}. */
    Encoding plus(final Reg reg) {
        added = reg;
        return this;
    }

    Encoding immediate(final long value, final int bytes) {
        immediate = value;
        immediateBytes = bytes;
        return this;
    }

    /** Puts a LOCK prefix before it. */
    void lock() {
        if (!lockable || rmMemory == null) {
            throw new IllegalStateException("lock needs an instruction that changes memory: opcode=0x"
                    + Integer.toHexString(opcode));
        }
        locked = true;
    }

    /** Appends the instruction; {@code labels} finds the label of a memory operand's target. */
    void writeTo(final CodeSection out, final Function<Target, Label> labels) {
        prefixes(out);
        for (int shift = 16; shift > 0; shift -= 8) {
            if (opcode >>> shift != 0) {
                out.append(opcode >>> shift & 0xff);
            }
        }
        out.append(opcode & 0xff | (added == null ? 0 : added.number() & 7));
        if (rmMemory != null) {
            memory(out, labels);
        } else if (hasModRm) {
            out.append(0xc0 | (field & 7) << 3 | rmRegister.number() & 7);
        }
        out.append(immediate, immediateBytes);
    }

    private void prefixes(final CodeSection out) {
        if (rmMemory != null && rmMemory.segment() != null) {
            out.append(rmMemory.segment().prefix());
        }
        if (width == Width.WORD) {
            out.append(OPERAND_SIZE_PREFIX);
        }
        if (mandatoryPrefix != 0) {
            out.append(mandatoryPrefix);
        }
        if (locked) {
            out.append(LOCK_PREFIX);
        }
        int rex = width == Width.QWORD ? REX_W : 0;
        rex |= (field >> 3) << 2;
        rex |= high(rmRegister) | high(added);
        if (rmMemory != null) {
            rex |= high(rmMemory.index()) << 1 | high(rmMemory.base());
        }
        if (rex != 0 || needsRex(register) || needsRex(rmRegister) || needsRex(added)) {
            out.append(REX | rex);
        }
    }

    private static int high(final Reg reg) {
        return reg == null ? 0 : reg.number() >> 3;
    }

    private static boolean needsRex(final Reg reg) {
        return reg != null && reg.needsRex();
    }

    private void memory(final CodeSection out, final Function<Target, Label> labels) {
        final Mem mem = rmMemory;
        final int reg = (field & 7) << 3;
        if (mem.relative()) {
            out.append(reg | RM_DISP32);
            final long toNextInstruction = -4L - immediateBytes;
            out.fixup(Relocation.Kind.PC32, labels.apply(mem.target()), mem.displacement() + toNextInstruction);
            return;
        }
        final boolean noBase = mem.base() == null;
        final int base = noBase ? SIB_NO_BASE : mem.base().number() & 7;
        final int mod = mod(mem, base);
        if (!noBase && mem.index() == null && base != RM_SIB) {
            out.append(mod << 6 | reg | base);
        } else {
            final int index = mem.index() == null ? SIB_NO_INDEX : mem.index().number() & 7;
            final int scale = Integer.numberOfTrailingZeros(mem.scale());
            out.append(mod << 6 | reg | RM_SIB);
            out.append(scale << 6 | index << 3 | base);
        }
        if (mem.target() != null) {
            out.fixup(Relocation.Kind.ABS32S, labels.apply(mem.target()), mem.displacement());
        } else {
            out.append(mem.displacement(), noBase || mod == 2 ? 4 : mod);
        }
    }

    /** 0 for no displacement, 1 for one byte, 2 for four; without a base it is 0 and means four. */
    private static int mod(final Mem mem, final int base) {
        if (mem.base() == null) {
            return 0;
        }
        final int displacement = mem.displacement();
        if (displacement == 0 && base != SIB_NO_BASE) {
            return 0;
        }
        return displacement == (byte) displacement ? 1 : 2;
    }
}
