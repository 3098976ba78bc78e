package ringside.toolchain.codegen;

/** Single bits, and the two read-modify-write instructions that locks are made of (SDM 1, 5.1.1 and 5.1.6). */
abstract sealed class BitInstructions extends ArithmeticInstructions permits BranchInstructions {
    /**
     * Copies a bit to the carry flag.
     *
     * @param destination register
     * @param bit         register, modulo the width
     * @param <R>         width of both registers
     */
    public final <R extends Enum<R> & Reg> void bt(final R destination, final R bit) {
        emit(noByte(0x0fa3, destination).reg(bit).rm(destination));
    }

    /**
     * Copies a bit to the carry flag; the number may lead beyond the operand, as in an array of bits.
     *
     * @param destination memory
     * @param bit         register, signed bit number
     */
    public final void bt(final Mem destination, final Reg bit) {
        emit(noByte(0x0fa3, bit).reg(bit).rm(destination));
    }

    /**
     * Copies a bit to the carry flag.
     *
     * @param destination register
     * @param bit         less than the width
     */
    public final void bt(final Reg destination, final int bit) {
        emit(bitForm(4, destination.width(), bit).rm(destination));
    }

    /**
     * Copies a bit to the carry flag.
     *
     * @param width       of the memory operand
     * @param destination memory
     * @param bit         less than the width
     */
    public final void bt(final Width width, final Mem destination, final int bit) {
        emit(bitForm(4, width, bit).rm(destination));
    }

    /**
     * Copies a bit to the carry flag and sets it.
     *
     * @param destination register
     * @param bit         register, modulo the width
     * @param <R>         width of both registers
     */
    public final <R extends Enum<R> & Reg> void bts(final R destination, final R bit) {
        emit(noByte(0x0fab, destination).reg(bit).rm(destination));
    }

    /**
     * Copies a bit to the carry flag and sets it; the number may lead beyond the operand, as in an array of bits.
     *
     * @param destination memory
     * @param bit         register, signed bit number
     */
    public final void bts(final Mem destination, final Reg bit) {
        emit(noByte(0x0fab, bit).reg(bit).rm(destination).lockable());
    }

    /**
     * Copies a bit to the carry flag and sets it.
     *
     * @param destination register
     * @param bit         less than the width
     */
    public final void bts(final Reg destination, final int bit) {
        emit(bitForm(5, destination.width(), bit).rm(destination));
    }

    /**
     * Copies a bit to the carry flag and sets it.
     *
     * @param width       of the memory operand
     * @param destination memory
     * @param bit         less than the width
     */
    public final void bts(final Width width, final Mem destination, final int bit) {
        emit(bitForm(5, width, bit).rm(destination).lockable());
    }

    /**
     * Copies a bit to the carry flag and clears it.
     *
     * @param destination register
     * @param bit         register, modulo the width
     * @param <R>         width of both registers
     */
    public final <R extends Enum<R> & Reg> void btr(final R destination, final R bit) {
        emit(noByte(0x0fb3, destination).reg(bit).rm(destination));
    }

    /**
     * Copies a bit to the carry flag and clears it; the number may lead beyond the operand, as in an array of bits.
     *
     * @param destination memory
     * @param bit         register, signed bit number
     */
    public final void btr(final Mem destination, final Reg bit) {
        emit(noByte(0x0fb3, bit).reg(bit).rm(destination).lockable());
    }

    /**
     * Copies a bit to the carry flag and clears it.
     *
     * @param destination register
     * @param bit         less than the width
     */
    public final void btr(final Reg destination, final int bit) {
        emit(bitForm(6, destination.width(), bit).rm(destination));
    }

    /**
     * Copies a bit to the carry flag and clears it.
     *
     * @param width       of the memory operand
     * @param destination memory
     * @param bit         less than the width
     */
    public final void btr(final Width width, final Mem destination, final int bit) {
        emit(bitForm(6, width, bit).rm(destination).lockable());
    }

    /**
     * Finds the lowest set bit; the zero flag tells that there is none.
     *
     * @param destination register
     * @param source      register
     * @param <R>         width of both registers
     */
    public final <R extends Enum<R> & Reg> void bsf(final R destination, final R source) {
        emit(noByte(0x0fbc, destination).reg(destination).rm(source));
    }

    /**
     * Finds the lowest set bit; the zero flag tells that there is none.
     *
     * @param destination register
     * @param source      memory
     */
    public final void bsf(final Reg destination, final Mem source) {
        emit(noByte(0x0fbc, destination).reg(destination).rm(source));
    }

    /**
     * Finds the highest set bit; the zero flag tells that there is none.
     *
     * @param destination register
     * @param source      register
     * @param <R>         width of both registers
     */
    public final <R extends Enum<R> & Reg> void bsr(final R destination, final R source) {
        emit(noByte(0x0fbd, destination).reg(destination).rm(source));
    }

    /**
     * Finds the highest set bit; the zero flag tells that there is none.
     *
     * @param destination register
     * @param source      memory
     */
    public final void bsr(final Reg destination, final Mem source) {
        emit(noByte(0x0fbd, destination).reg(destination).rm(source));
    }

    /**
     * Compares with the accumulator and, if equal, stores the source; else loads the accumulator.
     *
     * @param destination register
     * @param source      register
     * @param <R>         width of both registers
     */
    public final <R extends Enum<R> & Reg> void cmpxchg(final R destination, final R source) {
        emit(form(0x0fb0, destination.width()).reg(source).rm(destination));
    }

    /**
     * Compares with the accumulator and, if equal, stores the source; else loads the accumulator.
     *
     * @param destination memory
     * @param source      register
     */
    public final void cmpxchg(final Mem destination, final Reg source) {
        emit(form(0x0fb0, source.width()).reg(source).rm(destination).lockable());
    }

    /**
     * Adds the source and leaves the old value in the source.
     *
     * @param destination register
     * @param source      register
     * @param <R>         width of both registers
     */
    public final <R extends Enum<R> & Reg> void xadd(final R destination, final R source) {
        emit(form(0x0fc0, destination.width()).reg(source).rm(destination));
    }

    /**
     * Adds the source and leaves the old value in the source.
     *
     * @param destination memory
     * @param source      register
     */
    public final void xadd(final Mem destination, final Reg source) {
        emit(form(0x0fc0, source.width()).reg(source).rm(destination).lockable());
    }

    private static Encoding bitForm(final int operation, final Width width, final int bit) {
        if (width == Width.BYTE || bit < 0 || bit >= width.bytes() * 8) {
            throw new IllegalArgumentException("a bit lies inside its operand: width=" + width + ", bit=" + bit);
        }
        return Encoding.of(0x0fba).width(width).digit(operation).immediate(bit, 1);
    }
}
