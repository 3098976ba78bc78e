package ringside.emulator.engine.unicorn;

import static ringside.emulator.engine.unicorn.GuestInstruction.MAP_38;
import static ringside.emulator.engine.unicorn.GuestInstruction.MAP_3A;
import static ringside.emulator.engine.unicorn.GuestInstruction.ONE_BYTE;
import static ringside.emulator.engine.unicorn.GuestInstruction.TWO_BYTES;

/**
 * To how many bytes the memory operand that ModR/M names has to be aligned where alignment is checked (Intel SDM volume
 * 3, 6.15, interrupt 17, with the operands of volume 2).
 *
 * <p>1 for bytes, for what is not accessed, and for what the manual leaves to the processor: 16 bytes unaligned, and
 * FXSAVE. What has to be aligned to 16 bytes anyway is of {@link AlignedOperands}.
 */
final class OperandSizes {
    private static final int WORD = Short.BYTES;
    private static final int DOUBLEWORD = Integer.BYTES;
    private static final int QUADWORD = Long.BYTES;

    private OperandSizes() {
    }

    static int alignment(final GuestInstruction i) {
        return switch (i.map()) {
            case ONE_BYTE -> oneByte(i);
            case TWO_BYTES -> twoBytes(i);
            case MAP_38 -> map38(i);
            case MAP_3A -> map3A(i);
            default -> 1;
        };
    }

    private static int oneByte(final GuestInstruction i) {
        final int opcode = i.opcode();
        if (opcode >= 0xD8 && opcode <= 0xDF) {
            return x87(i);
        }
        if (opcode < 0x40) {
            return byteOrOperand(i);
        }
        return switch (opcode) {
            case 0x63 -> i.bits() == Long.SIZE ? DOUBLEWORD : WORD;
            case 0x8C, 0x8E -> WORD;
            case 0x8D -> 1;
            case 0x8F -> i.stackBytes();
            case 0xC4, 0xC5 -> farPointer(i);
            case 0x62, 0x69, 0x6B -> i.operandBytes();
            case 0xFF -> switch (i.extension()) {
                case 2, 4 -> i.bits() == Long.SIZE ? QUADWORD : i.operandBytes();
                case 3, 5 -> farPointer(i);
                case 6 -> i.stackBytes();
                default -> i.operandBytes();
            };
            default -> byteOrOperand(i);
        };
    }

    private static int byteOrOperand(final GuestInstruction i) {
        return (i.opcode() & 1) == 0 ? 1 : i.operandBytes();
    }

    /** A selector behind an offset: the manual has 2 for 32 bits and 4 for 48. */
    private static int farPointer(final GuestInstruction i) {
        return i.operandBytes();
    }

    private static int x87(final GuestInstruction i) {
        final int extension = i.extension();
        final boolean environment = extension == 4 || extension == 6;
        return switch (i.opcode()) {
            case 0xD8, 0xDA -> DOUBLEWORD;
            case 0xDC -> QUADWORD;
            case 0xDE -> WORD;
            case 0xD9 -> environment ? Math.min(i.operandBytes(), DOUBLEWORD) : extension < 4 ? DOUBLEWORD : WORD;
            case 0xDB -> extension < 4 ? DOUBLEWORD : QUADWORD;
            case 0xDD -> environment ? Math.min(i.operandBytes(), DOUBLEWORD) : extension < 4 ? QUADWORD : WORD;
            default -> extension < 4 ? WORD : QUADWORD;
        };
    }

    private static int twoBytes(final GuestInstruction i) {
        final int opcode = i.opcode();
        return switch (opcode) {
            case 0x00 -> loadsSystemSegment(i) ? 1 : WORD;
            case 0x02, 0x03 -> WORD;
            case 0x01 -> i.extension() < 2 ? DOUBLEWORD : i.extension() == 4 ? WORD : 1;
            case 0xA3, 0xAB, 0xB3, 0xBB, 0xBA, 0xA4, 0xA5, 0xAC, 0xAD, 0xAF, 0xB1, 0xB8, 0xBC, 0xBD, 0xC1, 0xC3 ->
                    i.operandBytes();
            case 0xB2, 0xB4, 0xB5 -> farPointer(i);
            case 0xB7, 0xBF, 0xC4 -> WORD;
            case 0xC7 -> i.extension() == 1 && !i.wide() ? QUADWORD : 1;
            case 0xAE -> i.extension() == 2 || i.extension() == 3 ? DOUBLEWORD : 1;
            default -> opcode >= 0x40 && opcode <= 0x4F ? i.operandBytes() : vector(i);
        };
    }

    /** LLDT and LTR, which level 3 may not execute at all. */
    private static boolean loadsSystemSegment(final GuestInstruction i) {
        return i.extension() == 2 || i.extension() == 3;
    }

    private static int vector(final GuestInstruction i) {
        final int opcode = i.opcode();
        final boolean plain = !i.narrowOperand() && !scalar(i);
        return switch (opcode) {
            case 0x12, 0x13, 0x16, 0x17 -> i.repeat() ? 1 : QUADWORD;
            case 0x2A -> scalar(i) ? generalBytes(i) : QUADWORD;
            case 0x2C, 0x2D -> i.narrowOperand() ? 1 : i.repeat() ? DOUBLEWORD : QUADWORD;
            case 0x2E, 0x2F -> i.narrowOperand() ? QUADWORD : DOUBLEWORD;
            case 0x10, 0x11, 0x51, 0x52, 0x53, 0x58, 0x59, 0x5C, 0x5D, 0x5E, 0x5F, 0xC2 -> scalarBytes(i);
            case 0x5A -> plain ? QUADWORD : scalarBytes(i);
            case 0x60, 0x61, 0x62 -> plain ? DOUBLEWORD : 1;
            case 0x6E -> generalBytes(i);
            case 0x7E -> i.repeat() ? QUADWORD : generalBytes(i);
            case 0xD6 -> QUADWORD;
            case 0xE6 -> i.repeat() ? QUADWORD : 1;
            default -> plain && opcode >= 0x63 && opcode != 0x77 && (opcode <= 0x7F || opcode >= 0xD0) ? QUADWORD : 1;
        };
    }

    private static boolean scalar(final GuestInstruction i) {
        return i.repeat() || i.repeatNotEqual();
    }

    private static int scalarBytes(final GuestInstruction i) {
        return i.repeat() ? DOUBLEWORD : i.repeatNotEqual() ? QUADWORD : 1;
    }

    /** A general register's part of MOVD, CVTSI2SS and the like. */
    private static int generalBytes(final GuestInstruction i) {
        return i.wide() ? QUADWORD : DOUBLEWORD;
    }

    private static int map38(final GuestInstruction i) {
        final int opcode = i.opcode();
        return switch (opcode) {
            case 0x20, 0x23, 0x25, 0x30, 0x33, 0x35 -> QUADWORD;
            case 0x21, 0x24, 0x31, 0x34 -> DOUBLEWORD;
            case 0x22, 0x32 -> WORD;
            case 0xF0 -> i.repeatNotEqual() ? 1 : i.operandBytes();
            case 0xF1 -> i.operandBytes();
            case 0xF6 -> generalBytes(i);
            default -> opcode < 0x20 && !i.narrowOperand() ? QUADWORD : 1;
        };
    }

    private static int map3A(final GuestInstruction i) {
        return switch (i.opcode()) {
            case 0x0A, 0x17, 0x21 -> DOUBLEWORD;
            case 0x0B -> QUADWORD;
            case 0x0F -> i.narrowOperand() ? 1 : QUADWORD;
            case 0x15 -> WORD;
            case 0x16, 0x22 -> generalBytes(i);
            default -> 1;
        };
    }
}
