package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/**
 * The form of one guest instruction: prefixes, opcode and memory operand (Intel SDM volume 2, chapter 2 and appendix
 * A). Not its length: immediates are not looked at.
 *
 * <p>One object is used again and again.
 */
final class GuestInstruction {
    /** Opcode maps: one byte, 0F, 0F 38, 0F 3A; {@link #VECTOR} for VEX and EVEX, which no CPU here has. */
    static final int ONE_BYTE = 0;
    static final int TWO_BYTES = 1;
    static final int MAP_38 = 2;
    static final int MAP_3A = 3;
    static final int VECTOR = 4;

    private static final int NONE = -1;
    private static final int BP = 5;
    private static final int SP = 4;
    private static final int DISPLACEMENT_ONLY = 5;
    private static final int REX_W = 8;

    private final byte[] code = new byte[16];
    private int available;
    private int at;
    private int bits;

    private boolean lock;
    private boolean repeat;
    private boolean repeatNotEqual;
    private boolean narrowOperand;
    private boolean otherAddress;
    private int segment;
    private int rex;
    private int map;
    private int opcode;
    private boolean hasModRm;
    private int modRm;
    private int base;
    private int index;
    private int scale;
    private long displacement;
    private boolean relative;

    /** {@return the buffer to fill, before {@link #parse}} */
    byte[] code() {
        return code;
    }

    /**
     * Reads the form.
     *
     * @param length how many bytes of {@link #code()} there are
     * @param width  16, 32 or 64: what the code segment says
     * @return whether there are bytes enough for it
     */
    boolean parse(final int length, final int width) {
        available = length;
        bits = width;
        at = 0;
        lock = false;
        repeat = false;
        repeatNotEqual = false;
        narrowOperand = false;
        otherAddress = false;
        segment = NONE;
        rex = 0;
        hasModRm = false;
        modRm = 0;
        base = NONE;
        index = NONE;
        scale = 0;
        displacement = 0;
        relative = false;
        try {
            parsePrefixes();
            parseOpcode();
            if (hasModRm) {
                modRm = next();
                if (memory()) {
                    parseMemory();
                }
            }
            return true;
        } catch (final IndexOutOfBoundsException e) {
            return false;
        }
    }

    private int next() {
        if (at >= available) {
            throw new IndexOutOfBoundsException(at);
        }
        return code[at++] & 0xFF;
    }

    private void parsePrefixes() {
        while (true) {
            final int octet = next();
            switch (octet) {
                case 0x26, 0x2E, 0x36, 0x3E -> segment = octet - 0x26 >> 3;
                case 0x64, 0x65 -> segment = octet - 0x64 + Env.FS;
                case 0x66 -> narrowOperand = true;
                case 0x67 -> otherAddress = true;
                case 0xF0 -> lock = true;
                case 0xF2 -> repeatNotEqual = true;
                case 0xF3 -> repeat = true;
                default -> {
                    if (bits != Long.SIZE || (octet & 0xF0) != 0x40) {
                        at--;
                        return;
                    }
                    rex = octet;
                    continue;
                }
            }
            rex = 0;
        }
    }

    private void parseOpcode() {
        map = ONE_BYTE;
        opcode = next();
        if (opcode == 0x0F) {
            opcode = next();
            map = switch (opcode) {
                case 0x38 -> MAP_38;
                case 0x3A -> MAP_3A;
                default -> TWO_BYTES;
            };
            if (map != TWO_BYTES) {
                opcode = next();
            }
        } else if (opcode == 0xC4 || opcode == 0xC5 || opcode == 0x62) {
            final boolean legacy = bits != Long.SIZE && at < available && (code[at] & 0xC0) != 0xC0;
            map = legacy ? ONE_BYTE : VECTOR;
        }
        hasModRm = switch (map) {
            case ONE_BYTE -> oneByteHasModRm(opcode);
            case TWO_BYTES -> twoBytesHaveModRm(opcode);
            case VECTOR -> false;
            default -> true;
        };
    }

    private static boolean oneByteHasModRm(final int opcode) {
        if (opcode < 0x40) {
            return (opcode & 7) < 4;
        }
        return switch (opcode) {
            case 0x62, 0x63, 0x69, 0x6B, 0xC0, 0xC1, 0xC4, 0xC5, 0xC6, 0xC7, 0xD0, 0xD1, 0xD2, 0xD3, 0xF6, 0xF7, 0xFE,
                    0xFF -> true;
            default -> opcode >= 0x80 && opcode <= 0x8F || opcode >= 0xD8 && opcode <= 0xDF;
        };
    }

    private static boolean twoBytesHaveModRm(final int opcode) {
        return switch (opcode) {
            case 0x05, 0x06, 0x07, 0x08, 0x09, 0x0B, 0x0E, 0x77, 0xA0, 0xA1, 0xA2, 0xA8, 0xA9, 0xAA -> false;
            default -> !(opcode >= 0x30 && opcode <= 0x37 || opcode >= 0x80 && opcode <= 0x8F
                    || opcode >= 0xC8 && opcode <= 0xCF);
        };
    }

    int addressBits() {
        if (bits == Long.SIZE) {
            return otherAddress ? Integer.SIZE : Long.SIZE;
        }
        return (bits == Integer.SIZE) != otherAddress ? Integer.SIZE : Short.SIZE;
    }

    private void parseMemory() {
        final int mod = modRm >> 6;
        if (addressBits() == Short.SIZE) {
            parseNarrowMemory(mod);
            return;
        }
        int field = modRm & 7;
        base = field | (rex & 1) << 3;
        if (field == SP) {
            final int sib = next();
            field = sib & 7;
            base = field | (rex & 1) << 3;
            index = sib >> 3 & 7 | (rex & 2) << 2;
            index = index == SP ? NONE : index;
            scale = sib >> 6;
        } else if (field == DISPLACEMENT_ONLY && mod == 0 && bits == Long.SIZE) {
            relative = true;
        }
        if (field == DISPLACEMENT_ONLY && mod == 0) {
            base = NONE;
            displacement = immediate(Integer.BYTES);
        } else if (mod != 0) {
            displacement = immediate(mod == 1 ? Byte.BYTES : Integer.BYTES);
        }
    }

    private void parseNarrowMemory(final int mod) {
        final int bx = 3;
        final int si = 6;
        final int di = 7;
        final int field = modRm & 7;
        final int[] bases = {bx, bx, BP, BP, si, di, BP, bx};
        final int[] indices = {si, di, si, di, NONE, NONE, NONE, NONE};
        base = bases[field];
        index = indices[field];
        if (mod == 0 && field == 6) {
            base = NONE;
            displacement = immediate(Short.BYTES);
        } else if (mod != 0) {
            displacement = immediate(mod == 1 ? Byte.BYTES : Short.BYTES);
        }
    }

    private long immediate(final int size) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value |= (long) next() << i * Byte.SIZE;
        }
        final int unused = Long.SIZE - size * Byte.SIZE;
        return value << unused >> unused;
    }

    int map() {
        return map;
    }

    int opcode() {
        return opcode;
    }

    boolean is(final int inMap, final int is) {
        return map == inMap && opcode == is;
    }

    /** {@return the middle field of ModR/M, which often goes on with the opcode} */
    int extension() {
        return modRm >> 3 & 7;
    }

    /** {@return the register in the middle field of ModR/M} */
    int register() {
        return extension() | (rex & 4) << 1;
    }

    /** {@return the register that is the other operand} */
    int operandRegister() {
        return modRm & 7 | (rex & 1) << 3;
    }

    /** {@return the bytes that were read: all but the immediate} */
    int end() {
        return at;
    }

    int byteAt(final int place) {
        return code[place] & 0xFF;
    }

    boolean lock() {
        return lock;
    }

    boolean repeat() {
        return repeat;
    }

    boolean repeatNotEqual() {
        return repeatNotEqual;
    }

    boolean narrowOperand() {
        return narrowOperand;
    }

    boolean wide() {
        return (rex & REX_W) != 0;
    }

    int bits() {
        return bits;
    }

    /** {@return whether an operand is memory by ModR/M} */
    boolean memory() {
        return hasModRm && modRm >> 6 != 3;
    }

    /** {@return the segment of the memory operand, an index as in {@link Env}} */
    int memorySegment() {
        if (segment != NONE && (bits != Long.SIZE || segment >= Env.FS)) {
            return segment;
        }
        return base == SP || base == BP ? Env.SS : Env.DS;
    }

    /** {@return the linear address of the memory operand} {@code next} is RIP behind the instruction. */
    long address(final MemorySegment env, final long next) {
        long offset = displacement + (relative ? next : 0);
        if (base != NONE) {
            offset += env.get(JAVA_LONG, Env.REGS + (long) base * Long.BYTES);
        }
        if (index != NONE) {
            offset += env.get(JAVA_LONG, Env.REGS + (long) index * Long.BYTES) << scale;
        }
        final int width = addressBits();
        if (width != Long.SIZE) {
            offset &= (1L << width) - 1;
        }
        final int which = memorySegment();
        if (bits == Long.SIZE) {
            return which >= Env.FS ? offset + env.get(JAVA_LONG, Env.segment(which) + Env.SEG_BASE) : offset;
        }
        return offset + env.get(JAVA_LONG, Env.segment(which) + Env.SEG_BASE) & 0xFFFF_FFFFL;
    }

    /** {@return the memory operand as {@link BlockTable#DISPLACEMENT} has it} It is not relative to RIP. */
    long operand() {
        final boolean addsSegment = bits != Long.SIZE || memorySegment() >= Env.FS;
        return displacement & 0xFFFF_FFFFL
                | (base == NONE ? BlockTable.NO_REGISTER : (long) base) << Integer.SIZE
                | (index == NONE ? BlockTable.NO_REGISTER : (long) index) << Integer.SIZE + Byte.SIZE
                | (long) scale << Integer.SIZE + 2 * Byte.SIZE
                | (addsSegment ? memorySegment() : (long) BlockTable.NO_REGISTER) << Integer.SIZE + 3 * Byte.SIZE;
    }

    boolean relative() {
        return relative;
    }

    /** {@return the displacement of the memory operand} */
    long displacement() {
        return displacement;
    }

    /** {@return whether it is a string instruction with a repeat prefix} (Intel SDM volume 2, REP). */
    boolean repeats() {
        return (repeat || repeatNotEqual) && map == ONE_BYTE && switch (opcode) {
            case 0x6C, 0x6D, 0x6E, 0x6F, 0xA4, 0xA5, 0xA6, 0xA7, 0xAA, 0xAB, 0xAC, 0xAD, 0xAE, 0xAF -> true;
            default -> false;
        };
    }

    /**
     * {@return whether a block ends behind it} The library does so by itself, but for WRMSR: what that set off, a
     * deadline that has passed, comes before the next instruction.
     */
    boolean endsBlock() {
        return switch (map) {
            case ONE_BYTE -> switch (opcode) {
                case 0x9A, 0xC2, 0xC3, 0xCA, 0xCB, 0xCC, 0xCD, 0xCF, 0xE0, 0xE1, 0xE2, 0xE3, 0xE8, 0xE9, 0xEA, 0xEB,
                        0xF1, 0xF4 -> true;
                case 0xFF -> extension() >= 2 && extension() <= 5;
                default -> opcode >= 0x70 && opcode <= 0x7F || repeats();
            };
            case TWO_BYTES -> switch (opcode) {
                case 0x05, 0x07, 0x0B, 0x30, 0x34, 0x35, 0x22, 0x23, 0xAA -> true;
                default -> opcode >= 0x80 && opcode <= 0x8F;
            };
            default -> false;
        };
    }

    /** {@return whether an instruction with a VEX prefix is one of BMI1 and BMI2, on general registers} */
    boolean isGeneralVector() {
        final int threeBytes = 0xC4;
        final int longest = 4;
        if (opcode != threeBytes || at + 2 >= available || at + longest > code.length) {
            return false;
        }
        final boolean long256 = (code[at + 1] & 4) != 0;
        return !long256 && switch (code[at] & 0x1F) {
            case 2 -> switch (code[at + 2] & 0xFF) {
                case 0xF2, 0xF3, 0xF5, 0xF6, 0xF7 -> true;
                default -> false;
            };
            case 3 -> (code[at + 2] & 0xFF) == 0xF0;
            default -> false;
        };
    }

    /** {@return whether it reads and writes one memory operand} Such a one faults as a write. */
    boolean readsAndWritesMemory() {
        return memory() && (lockable() || switch (map) {
            case ONE_BYTE -> opcode == 0xC0 || opcode == 0xC1 || opcode >= 0xD0 && opcode <= 0xD3
                    || opcode == 0x63 && bits != Long.SIZE;
            case TWO_BYTES -> opcode == 0xA4 || opcode == 0xA5 || opcode == 0xAC || opcode == 0xAD;
            default -> false;
        });
    }

    /** {@return whether LOCK may stand before it} (Intel SDM volume 2, LOCK). */
    boolean lockable() {
        if (!memory()) {
            return false;
        }
        return switch (map) {
            case ONE_BYTE -> switch (opcode) {
                case 0x80, 0x81, 0x82, 0x83 -> extension() != 7;
                case 0x86, 0x87 -> true;
                case 0xF6, 0xF7 -> extension() == 2 || extension() == 3;
                case 0xFE, 0xFF -> extension() < 2;
                default -> opcode < 0x38 && (opcode & 7) < 2;
            };
            case TWO_BYTES -> switch (opcode) {
                case 0xAB, 0xB3, 0xBB, 0xB0, 0xB1, 0xC0, 0xC1 -> true;
                case 0xBA -> extension() > 4;
                case 0xC7 -> extension() == 1;
                default -> false;
            };
            default -> false;
        };
    }

    /** {@return whether it is MOV or POP to SS} LSS is not one of them. */
    boolean loadsStackSegment() {
        return map == ONE_BYTE && (opcode == 0x8E && extension() == Env.SS || opcode == 0x17 && bits != Long.SIZE);
    }

    /** {@return whether it uses the stack without naming it} */
    boolean usesStack() {
        return switch (map) {
            case ONE_BYTE -> switch (opcode) {
                case 0x06, 0x07, 0x0E, 0x16, 0x17, 0x1E, 0x1F, 0x60, 0x61, 0x68, 0x6A, 0x8F, 0x9A, 0x9C, 0x9D, 0xC2,
                        0xC3, 0xC8, 0xC9, 0xCA, 0xCB, 0xCF, 0xE8 -> true;
                case 0xFF -> extension() == 2 || extension() == 3 || extension() == 6;
                default -> opcode >= 0x50 && opcode <= 0x5F;
            };
            case TWO_BYTES -> opcode == 0xA0 || opcode == 0xA1 || opcode == 0xA8 || opcode == 0xA9;
            default -> false;
        };
    }

    /** {@return whether it is FCMOVcc} */
    boolean movesConditionallyInX87() {
        return map == ONE_BYTE && (opcode == 0xDA || opcode == 0xDB) && !memory() && extension() < 4;
    }

    boolean storesEnvironment() {
        return is(ONE_BYTE, 0xD9) && memory() && extension() == 6;
    }

    /** {@return whether it is an x87 instruction with a memory operand that waits for pending exceptions} */
    boolean waitsBeforeMemory() {
        final boolean storesState = (opcode == 0xD9 || opcode == 0xDD) && extension() >= 6;
        return map == ONE_BYTE && opcode >= 0xD8 && opcode <= 0xDF && memory() && !storesState;
    }

    /** {@return bytes of an operand of the instruction's size} */
    int operandBytes() {
        if (wide()) {
            return Long.BYTES;
        }
        return (bits == Short.SIZE) == narrowOperand ? Integer.BYTES : Short.BYTES;
    }

    /** {@return bytes of what it pushes or pops} */
    int stackBytes() {
        return bits == Long.SIZE ? narrowOperand ? Short.BYTES : Long.BYTES : operandBytes();
    }

    /** {@return the segment of data that is addressed without ModR/M} */
    int dataSegment() {
        return segment != NONE && (bits != Long.SIZE || segment >= Env.FS) ? segment : Env.DS;
    }

    private boolean plain() {
        return !narrowOperand && !repeat && !repeatNotEqual;
    }

    /** {@return whether it is for MMX registers} */
    boolean usesMmx() {
        return switch (map) {
            case TWO_BYTES -> plain() && (opcode >= 0x60 && opcode <= 0x7F || opcode >= 0xD0 || opcode == 0xC4)
                    || (opcode == 0x2A || opcode == 0x2C || opcode == 0x2D) && !repeat && !repeatNotEqual;
            case MAP_38 -> plain() && opcode < 0x20;
            case MAP_3A -> plain();
            default -> false;
        };
    }

    /** {@return whether it is for SSE registers, or their state} */
    boolean usesSse() {
        final boolean general = opcode == 0xF0 || opcode == 0xF1 || opcode == 0xF6;
        return switch (map) {
            case TWO_BYTES -> opcode >= 0x10 && opcode <= 0x17 || opcode >= 0x28 && opcode <= 0x2F
                    || opcode >= 0x50 && opcode <= 0x5F || opcode == 0xC2 || opcode == 0xC6 || opcode == 0xAE
                    || !plain() && (opcode >= 0x60 && opcode <= 0x7F || opcode >= 0xD0 || opcode == 0xC4);
            case MAP_38 -> !plain() && !general;
            case MAP_3A -> !plain();
            default -> false;
        };
    }
}
