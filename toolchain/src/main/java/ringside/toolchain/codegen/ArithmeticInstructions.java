package ringside.toolchain.codegen;

/** One-operand arithmetic, multiplication, shifts and rotations (SDM 1, 5.1.2 and 5.1.5). */
abstract sealed class ArithmeticInstructions extends AluInstructions permits BitInstructions {
    /**
     * Adds one; the carry flag stays.
     *
     * @param destination register
     */
    public final void inc(final Reg destination) {
        emit(form(0xfe, destination.width()).digit(0).rm(destination));
    }

    /**
     * Adds one; the carry flag stays.
     *
     * @param width       of the memory operand
     * @param destination memory
     */
    public final void inc(final Width width, final Mem destination) {
        emit(form(0xfe, width).digit(0).rm(destination).lockable());
    }

    /**
     * Subtracts one; the carry flag stays.
     *
     * @param destination register
     */
    public final void dec(final Reg destination) {
        emit(form(0xfe, destination.width()).digit(1).rm(destination));
    }

    /**
     * Subtracts one; the carry flag stays.
     *
     * @param width       of the memory operand
     * @param destination memory
     */
    public final void dec(final Width width, final Mem destination) {
        emit(form(0xfe, width).digit(1).rm(destination).lockable());
    }

    /**
     * Inverts each bit.
     *
     * @param destination register
     */
    public final void not(final Reg destination) {
        emit(form(0xf6, destination.width()).digit(2).rm(destination));
    }

    /**
     * Inverts each bit.
     *
     * @param width       of the memory operand
     * @param destination memory
     */
    public final void not(final Width width, final Mem destination) {
        emit(form(0xf6, width).digit(2).rm(destination).lockable());
    }

    /**
     * Negates.
     *
     * @param destination register
     */
    public final void neg(final Reg destination) {
        emit(form(0xf6, destination.width()).digit(3).rm(destination));
    }

    /**
     * Negates.
     *
     * @param width       of the memory operand
     * @param destination memory
     */
    public final void neg(final Width width, final Mem destination) {
        emit(form(0xf6, width).digit(3).rm(destination).lockable());
    }

    /**
     * Multiplies the accumulator, unsigned, into rdx:rax at the register's width.
     *
     * @param source register
     */
    public final void mul(final Reg source) {
        emit(form(0xf6, source.width()).digit(4).rm(source));
    }

    /**
     * Divides rdx:rax, unsigned: quotient in rax, remainder in rdx, at the register's width.
     *
     * @param source register
     */
    public final void div(final Reg source) {
        emit(form(0xf6, source.width()).digit(6).rm(source));
    }

    /**
     * Multiplies, signed, keeping the low half.
     *
     * @param destination register
     * @param source      register
     * @param <R>         width of both registers
     */
    public final <R extends Enum<R> & Reg> void imul(final R destination, final R source) {
        emit(noByte(0x0faf, destination).reg(destination).rm(source));
    }

    /**
     * Multiplies by memory, signed, keeping the low half.
     *
     * @param destination register
     * @param source      memory
     */
    public final void imul(final Reg destination, final Mem source) {
        emit(noByte(0x0faf, destination).reg(destination).rm(source));
    }

    /**
     * Multiplies by a number, signed, keeping the low half.
     *
     * @param destination register
     * @param source      register
     * @param value       immediate; sign-extended from 32 bits at 64
     * @param <R>         width of both registers
     */
    public final <R extends Enum<R> & Reg> void imul(final R destination, final R source, final long value) {
        final Width width = destination.width();
        final long checked = width.checkImmediate(value);
        final boolean narrow = checked == (byte) checked;
        emit(noByte(narrow ? 0x6b : 0x69, destination).reg(destination).rm(source)
                .immediate(checked, narrow ? 1 : width.immediateBytes()));
    }

    /**
     * Rotates left.
     *
     * @param destination register
     * @param count       bits, less than the width
     */
    public final void rol(final Reg destination, final int count) {
        emit(shift(0, destination.width(), count).rm(destination));
    }

    /**
     * Rotates left.
     *
     * @param width       of the memory operand
     * @param destination memory
     * @param count       bits, less than the width
     */
    public final void rol(final Width width, final Mem destination, final int count) {
        emit(shift(0, width, count).rm(destination));
    }

    /**
     * Rotates left by cl.
     *
     * @param destination register
     */
    public final void rolCl(final Reg destination) {
        emit(form(0xd2, destination.width()).digit(0).rm(destination));
    }

    /**
     * Rotates right.
     *
     * @param destination register
     * @param count       bits, less than the width
     */
    public final void ror(final Reg destination, final int count) {
        emit(shift(1, destination.width(), count).rm(destination));
    }

    /**
     * Rotates right.
     *
     * @param width       of the memory operand
     * @param destination memory
     * @param count       bits, less than the width
     */
    public final void ror(final Width width, final Mem destination, final int count) {
        emit(shift(1, width, count).rm(destination));
    }

    /**
     * Rotates right by cl.
     *
     * @param destination register
     */
    public final void rorCl(final Reg destination) {
        emit(form(0xd2, destination.width()).digit(1).rm(destination));
    }

    /**
     * Shifts left.
     *
     * @param destination register
     * @param count       bits, less than the width
     */
    public final void shl(final Reg destination, final int count) {
        emit(shift(4, destination.width(), count).rm(destination));
    }

    /**
     * Shifts left.
     *
     * @param width       of the memory operand
     * @param destination memory
     * @param count       bits, less than the width
     */
    public final void shl(final Width width, final Mem destination, final int count) {
        emit(shift(4, width, count).rm(destination));
    }

    /**
     * Shifts left by cl.
     *
     * @param destination register
     */
    public final void shlCl(final Reg destination) {
        emit(form(0xd2, destination.width()).digit(4).rm(destination));
    }

    /**
     * Shifts right, unsigned.
     *
     * @param destination register
     * @param count       bits, less than the width
     */
    public final void shr(final Reg destination, final int count) {
        emit(shift(5, destination.width(), count).rm(destination));
    }

    /**
     * Shifts right, unsigned.
     *
     * @param width       of the memory operand
     * @param destination memory
     * @param count       bits, less than the width
     */
    public final void shr(final Width width, final Mem destination, final int count) {
        emit(shift(5, width, count).rm(destination));
    }

    /**
     * Shifts right, unsigned by cl.
     *
     * @param destination register
     */
    public final void shrCl(final Reg destination) {
        emit(form(0xd2, destination.width()).digit(5).rm(destination));
    }

    /**
     * Shifts right, signed.
     *
     * @param destination register
     * @param count       bits, less than the width
     */
    public final void sar(final Reg destination, final int count) {
        emit(shift(7, destination.width(), count).rm(destination));
    }

    /**
     * Shifts right, signed.
     *
     * @param width       of the memory operand
     * @param destination memory
     * @param count       bits, less than the width
     */
    public final void sar(final Width width, final Mem destination, final int count) {
        emit(shift(7, width, count).rm(destination));
    }

    /**
     * Shifts right, signed by cl.
     *
     * @param destination register
     */
    public final void sarCl(final Reg destination) {
        emit(form(0xd2, destination.width()).digit(7).rm(destination));
    }

    private static Encoding shift(final int operation, final Width width, final int count) {
        if (count < 0 || count >= width.bytes() * 8) {
            throw new IllegalArgumentException("a shift stays inside its operand: count=" + count);
        }
        final Encoding form = count == 1 ? form(0xd0, width) : form(0xc0, width).immediate(count, 1);
        return form.digit(operation);
    }

    /** An instruction that has no form for bytes. */
    static Encoding noByte(final int opcode, final Reg destination) {
        if (destination.width() == Width.BYTE) {
            throw new IllegalArgumentException("the instruction has no byte form: destination=" + destination);
        }
        return Encoding.of(opcode).width(destination.width());
    }
}
