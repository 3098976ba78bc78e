package ringside.emulator.engine.unicorn;

/**
 * Which instructions take a memory operand of 16 bytes that must be aligned, else #GP(0) (Intel SDM volume 1, 11.4 and
 * volume 2, the SSE instructions in their legacy encoding).
 */
final class AlignedOperands {
    private AlignedOperands() {
    }

    /** {@return whether the memory operand must be aligned} */
    static boolean needs(final GuestInstruction i) {
        return switch (i.map()) {
            case GuestInstruction.TWO_BYTES -> twoBytes(i);
            case GuestInstruction.MAP_38 -> map38(i);
            case GuestInstruction.MAP_3A -> map3A(i);
            default -> false;
        };
    }

    private static boolean scalar(final GuestInstruction i) {
        return i.repeat() || i.repeatNotEqual();
    }

    private static boolean integer(final GuestInstruction i) {
        return i.narrowOperand() && !scalar(i);
    }

    private static boolean twoBytes(final GuestInstruction i) {
        final int opcode = i.opcode();
        return switch (opcode) {
            case 0x14, 0x15, 0x28, 0x29, 0x2B, 0x51, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5C, 0x5D, 0x5E, 0x5F, 0xC2,
                    0xC6 -> !scalar(i);
            case 0x52, 0x53 -> !scalar(i) && !i.narrowOperand();
            case 0x5A -> integer(i);
            case 0x5B -> !i.repeatNotEqual();
            case 0x70 -> scalar(i) || i.narrowOperand();
            case 0x7C, 0x7D, 0xD0 -> i.narrowOperand() || i.repeatNotEqual();
            case 0xE6 -> i.narrowOperand() || i.repeatNotEqual();
            case 0x6E, 0x7E, 0xC4, 0xD6, 0xD7, 0xF0, 0xF7 -> false;
            case 0x6F, 0x7F -> integer(i);
            default -> integer(i) && (opcode >= 0x60 && opcode <= 0x6D || opcode >= 0x74 && opcode <= 0x76
                    || opcode >= 0xD1 && opcode <= 0xFE);
        };
    }

    private static boolean map38(final GuestInstruction i) {
        final int opcode = i.opcode();
        if (!i.narrowOperand() || scalar(i)) {
            return false;
        }
        return opcode <= 0x0B || opcode >= 0x1C && opcode <= 0x1E || opcode >= 0x28 && opcode <= 0x2B
                || opcode >= 0x37 && opcode <= 0x41 || opcode >= 0xDB && opcode <= 0xDF || switch (opcode) {
                    case 0x10, 0x14, 0x15, 0x17 -> true;
                    default -> false;
                };
    }

    private static boolean map3A(final GuestInstruction i) {
        return i.narrowOperand() && !scalar(i) && switch (i.opcode()) {
            case 0x08, 0x09, 0x0C, 0x0D, 0x0E, 0x0F, 0x40, 0x41, 0x42, 0x44, 0xDF -> true;
            default -> false;
        };
    }
}
