package ringside.fastpath.codegen;

import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Reg8;
import ringside.toolchain.codegen.Width;

/**
 * A structure in memory whose address the linker knows and whose size the generator does: operands need no base, and
 * what is no choice takes no instruction.
 *
 * @param symbol a global at a page, below 2 GiB
 */
record FixedPlace(String symbol) {
    private static final int BYTE_VALUES = 1 << Byte.SIZE;

    /** Bytes from the structure's first to a field's. */
    Mem field(final long offset) {
        return Mem.rip(symbol, offset);
    }

    /**
     * {@return an element of the structure's array}
     *
     * @param capacity how many there are
     * @param place    a register with the element's number times its bytes, over {@code scale}; not looked at if there
     *                 is one alone
     * @param scale    1, 2, 4 or 8
     * @param offset   of the first element
     */
    Mem element(final int capacity, final Reg64 place, final int scale, final long offset) {
        return capacity == 1 ? field(offset) : Mem.table(symbol, place, scale).plus(offset);
    }

    /**
     * Emits the remainder of an index by a power of two; nothing if that is always 0.
     *
     * @param code     where to
     * @param capacity how many elements there are
     * @param place    becomes the element's number
     * @param index    only grows; may be the same register
     */
    static void wrap(final CodeBuilder code, final int capacity, final Reg32 place, final Reg32 index) {
        if (capacity == BYTE_VALUES) {
            code.movzx(place, Reg8.values()[index.number()]);
        } else if (capacity > 1) {
            if (place != index) {
                code.mov(place, index);
            }
            code.and(place, capacity - 1);
        }
    }

    /**
     * Emits the product of an element's number and its words, as far as an operand's scale leaves any to do.
     *
     * @param code  where to
     * @param place the number, and then the product
     * @param words of an element
     * @return the scale, bytes
     */
    static int multiply(final CodeBuilder code, final Reg64 place, final int words) {
        final int twos = Integer.numberOfTrailingZeros(words);
        switch (words >> twos) {
            case 1 -> { }
            case 3 -> code.lea(place, Mem.at(place, place, 2, 0));
            case 5 -> code.lea(place, Mem.at(place, place, 4, 0));
            default -> code.imul(place, place, words >> twos);
        }
        if (twos > 0) {
            code.shl(place, twos);
        }
        return Width.QWORD.bytes();
    }
}
