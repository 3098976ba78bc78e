package ringside.emulator.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * The x87 unit and the SSE registers: a value, taken between two instructions (Intel SDM volume 1, chapters 8 and 10).
 *
 * @param control the x87 control word, 16 bits
 * @param status  the status word with TOP, 16 bits
 * @param tags    bit n is set when physical register n is empty, which is not the stack's order
 * @param stack   ST0 to ST7
 * @param last    the last x87 instruction and its operand
 * @param mxcsr   control and status of SSE, 16 bits
 * @param vectors XMM0 to XMM15
 */
public record FloatingPointRegisters(int control, int status, int tags, List<Extended> stack, LastInstruction last,
        int mxcsr, List<Vector> vectors) {
    /** How many registers the x87 stack has. */
    public static final int STACK = 8;
    /** How many XMM registers there are. */
    public static final int VECTORS = 16;

    private static final int WORD = 0xFFFF;
    private static final int OCTET = 0xFF;
    private static final int TOP_SHIFT = 11;
    private static final int TOP = 7;

    /**
     * A number of 80 bits.
     *
     * @param significand 64 bits with the integer bit
     * @param exponent    16 bits: sign and biased exponent
     */
    public record Extended(long significand, int exponent) {
    }

    /**
     * A register of 128 bits.
     *
     * @param low  bits 0 to 63
     * @param high bits 64 to 127
     */
    public record Vector(long low, long high) {
    }

    /**
     * What the x87 unit remembers for a handler of its errors.
     *
     * @param code    selector of the instruction
     * @param address of the instruction
     * @param data    selector of the operand
     * @param operand address of the operand
     */
    public record LastInstruction(int code, long address, int data, long operand) {
    }

    /** Copies the lists, and refuses what no CPU holds. */
    public FloatingPointRegisters {
        stack = List.copyOf(stack);
        vectors = List.copyOf(vectors);
        if (stack.size() != STACK || vectors.size() != VECTORS) {
            throw new IllegalArgumentException("the unit has " + STACK + " and " + VECTORS + " registers: stack="
                    + stack.size() + " vectors=" + vectors.size());
        }
        if (control >> Short.SIZE != 0 || status >> Short.SIZE != 0 || tags >> Byte.SIZE != 0) {
            throw new IllegalArgumentException("words of 16, 16 and 8 bits: control=0x" + Integer.toHexString(control)
                    + " status=0x" + Integer.toHexString(status) + " tags=0x" + Integer.toHexString(tags));
        }
        if (mxcsr >> Short.SIZE != 0) {
            throw new IllegalArgumentException("reserved bits are 0: mxcsr=0x" + Integer.toHexString(mxcsr));
        }
    }

    /** {@return which physical register ST0 is, 0 to 7} */
    public int top() {
        return status >> TOP_SHIFT & TOP;
    }

    /** {@return the tag word as FNSTENV has it: two bits a physical register, 0 valid, 1 zero, 2 special, 3 empty} */
    public int tagWord() {
        int word = 0;
        for (int i = 0; i < STACK; i++) {
            word |= tag(i) << 2 * i;
        }
        return word;
    }

    private int tag(final int physical) {
        final int empty = 3;
        if ((tags >> physical & 1) != 0) {
            return empty;
        }
        final Extended value = stack.get(physical - top() & TOP);
        final int exponent = value.exponent() & Short.MAX_VALUE;
        if (exponent == 0 && value.significand() == 0) {
            return 1;
        }
        return exponent == 0 || exponent == Short.MAX_VALUE || value.significand() >= 0 ? 2 : 0;
    }

    /**
     * {@return the same with another XMM register}
     *
     * @param number 0 to 15
     * @param value  its value
     */
    public FloatingPointRegisters withVector(final int number, final Vector value) {
        final List<Vector> changed = new ArrayList<>(vectors);
        changed.set(number, value);
        return new FloatingPointRegisters(control, status, tags, stack, last, mxcsr, changed);
    }

    /**
     * {@return the same with another stack register, which is not empty then}
     *
     * @param number in the stack's order, 0 to 7
     * @param value  its value
     */
    public FloatingPointRegisters withStack(final int number, final Extended value) {
        final List<Extended> changed = new ArrayList<>(stack);
        changed.set(number, value);
        return new FloatingPointRegisters(control, status, tags & ~(1 << (number + top() & TOP)) & OCTET, changed, last,
                mxcsr, vectors);
    }

    /**
     * {@return the same with other control words}
     *
     * @param x87 control word, of which 16 bits count
     * @param sse MXCSR
     */
    public FloatingPointRegisters withControl(final int x87, final int sse) {
        return new FloatingPointRegisters(x87 & WORD, status, tags, stack, last, sse, vectors);
    }
}
