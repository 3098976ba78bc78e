package ringside.toolchain.asm;

/**
 * Bytes of an item whose value is known only after layout, or only to the linker.
 *
 * @param offset from the start of the item
 * @param width  bytes
 * @param form   how the value is coded
 * @param tail   bytes from the start of the hole to the end of the instruction, for {@link Form#DISTANCE}
 * @param expr   the value wanted
 */
record Hole(int offset, int width, Form form, int tail, Expr expr) {
    /** How a value is coded. */
    enum Form {
        /** From the end of the instruction to the value. */
        DISTANCE,
        /** Must survive sign extension from the hole's width. */
        SIGNED,
        /** Must survive zero extension from the hole's width. */
        UNSIGNED,
        /** Only its low bytes count; either of the two above. */
        EITHER
    }

    /** {@return whether a number can be coded} */
    boolean fits(final long value) {
        if (width == Long.BYTES) {
            return true;
        }
        final int bits = width * Byte.SIZE;
        final boolean signed = value >= -(1L << bits - 1) && value < 1L << bits - 1;
        final boolean unsigned = value >= 0 && value < 1L << bits;
        return switch (form) {
            case DISTANCE, SIGNED -> signed;
            case UNSIGNED -> unsigned;
            case EITHER -> signed || unsigned;
        };
    }
}
