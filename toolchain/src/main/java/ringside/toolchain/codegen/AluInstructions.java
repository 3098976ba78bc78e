package ringside.toolchain.codegen;

/** Two operands in, flags and mostly a result out: the encodings that share one shape, and TEST. */
abstract sealed class AluInstructions extends MoveInstructions permits ArithmeticInstructions {
    private static final int TO_REGISTER = 2;
    private static final int ACCUMULATOR = 4;
    private static final int WIDE = 1;
    private static final int CMP = 7;

    /**
     * Adds.
     *
     * @param destination register
     * @param source      register
     * @param <R>         width of both registers
     */
    public final <R extends Enum<R> & Reg> void add(final R destination, final R source) {
        toRm(0, destination, source);
    }

    /**
     * Adds.
     *
     * @param destination register
     * @param source      memory
     */
    public final void add(final Reg destination, final Mem source) {
        fromMemory(0, destination, source);
    }

    /**
     * Adds.
     *
     * @param destination memory
     * @param source      register
     */
    public final void add(final Mem destination, final Reg source) {
        toMemory(0, destination, source);
    }

    /**
     * Adds.
     *
     * @param destination register
     * @param value       immediate; sign-extended from 32 bits at 64
     */
    public final void add(final Reg destination, final long value) {
        immediate(0, destination, value);
    }

    /**
     * Adds.
     *
     * @param width       of the memory operand
     * @param destination memory
     * @param value       immediate; sign-extended from 32 bits at 64
     */
    public final void add(final Width width, final Mem destination, final long value) {
        immediate(0, width, destination, value);
    }

    /**
     * Ors.
     *
     * @param destination register
     * @param source      register
     * @param <R>         width of both registers
     */
    public final <R extends Enum<R> & Reg> void or(final R destination, final R source) {
        toRm(1, destination, source);
    }

    /**
     * Ors.
     *
     * @param destination register
     * @param source      memory
     */
    public final void or(final Reg destination, final Mem source) {
        fromMemory(1, destination, source);
    }

    /**
     * Ors.
     *
     * @param destination memory
     * @param source      register
     */
    public final void or(final Mem destination, final Reg source) {
        toMemory(1, destination, source);
    }

    /**
     * Ors.
     *
     * @param destination register
     * @param value       immediate; sign-extended from 32 bits at 64
     */
    public final void or(final Reg destination, final long value) {
        immediate(1, destination, value);
    }

    /**
     * Ors.
     *
     * @param width       of the memory operand
     * @param destination memory
     * @param value       immediate; sign-extended from 32 bits at 64
     */
    public final void or(final Width width, final Mem destination, final long value) {
        immediate(1, width, destination, value);
    }

    /**
     * Ands.
     *
     * @param destination register
     * @param source      register
     * @param <R>         width of both registers
     */
    public final <R extends Enum<R> & Reg> void and(final R destination, final R source) {
        toRm(4, destination, source);
    }

    /**
     * Ands.
     *
     * @param destination register
     * @param source      memory
     */
    public final void and(final Reg destination, final Mem source) {
        fromMemory(4, destination, source);
    }

    /**
     * Ands.
     *
     * @param destination memory
     * @param source      register
     */
    public final void and(final Mem destination, final Reg source) {
        toMemory(4, destination, source);
    }

    /**
     * Ands.
     *
     * @param destination register
     * @param value       immediate; sign-extended from 32 bits at 64
     */
    public final void and(final Reg destination, final long value) {
        immediate(4, destination, value);
    }

    /**
     * Ands.
     *
     * @param width       of the memory operand
     * @param destination memory
     * @param value       immediate; sign-extended from 32 bits at 64
     */
    public final void and(final Width width, final Mem destination, final long value) {
        immediate(4, width, destination, value);
    }

    /**
     * Subtracts.
     *
     * @param destination register
     * @param source      register
     * @param <R>         width of both registers
     */
    public final <R extends Enum<R> & Reg> void sub(final R destination, final R source) {
        toRm(5, destination, source);
    }

    /**
     * Subtracts.
     *
     * @param destination register
     * @param source      memory
     */
    public final void sub(final Reg destination, final Mem source) {
        fromMemory(5, destination, source);
    }

    /**
     * Subtracts.
     *
     * @param destination memory
     * @param source      register
     */
    public final void sub(final Mem destination, final Reg source) {
        toMemory(5, destination, source);
    }

    /**
     * Subtracts.
     *
     * @param destination register
     * @param value       immediate; sign-extended from 32 bits at 64
     */
    public final void sub(final Reg destination, final long value) {
        immediate(5, destination, value);
    }

    /**
     * Subtracts.
     *
     * @param width       of the memory operand
     * @param destination memory
     * @param value       immediate; sign-extended from 32 bits at 64
     */
    public final void sub(final Width width, final Mem destination, final long value) {
        immediate(5, width, destination, value);
    }

    /**
     * Exclusive-ors.
     *
     * @param destination register
     * @param source      register
     * @param <R>         width of both registers
     */
    public final <R extends Enum<R> & Reg> void xor(final R destination, final R source) {
        toRm(6, destination, source);
    }

    /**
     * Exclusive-ors.
     *
     * @param destination register
     * @param source      memory
     */
    public final void xor(final Reg destination, final Mem source) {
        fromMemory(6, destination, source);
    }

    /**
     * Exclusive-ors.
     *
     * @param destination memory
     * @param source      register
     */
    public final void xor(final Mem destination, final Reg source) {
        toMemory(6, destination, source);
    }

    /**
     * Exclusive-ors.
     *
     * @param destination register
     * @param value       immediate; sign-extended from 32 bits at 64
     */
    public final void xor(final Reg destination, final long value) {
        immediate(6, destination, value);
    }

    /**
     * Exclusive-ors.
     *
     * @param width       of the memory operand
     * @param destination memory
     * @param value       immediate; sign-extended from 32 bits at 64
     */
    public final void xor(final Width width, final Mem destination, final long value) {
        immediate(6, width, destination, value);
    }

    /**
     * Compares: the flags of a subtraction, without its result.
     *
     * @param destination register
     * @param source      register
     * @param <R>         width of both registers
     */
    public final <R extends Enum<R> & Reg> void cmp(final R destination, final R source) {
        toRm(7, destination, source);
    }

    /**
     * Compares: the flags of a subtraction, without its result.
     *
     * @param destination register
     * @param source      memory
     */
    public final void cmp(final Reg destination, final Mem source) {
        fromMemory(7, destination, source);
    }

    /**
     * Compares: the flags of a subtraction, without its result.
     *
     * @param destination memory
     * @param source      register
     */
    public final void cmp(final Mem destination, final Reg source) {
        toMemory(7, destination, source);
    }

    /**
     * Compares: the flags of a subtraction, without its result.
     *
     * @param destination register
     * @param value       immediate; sign-extended from 32 bits at 64
     */
    public final void cmp(final Reg destination, final long value) {
        immediate(7, destination, value);
    }

    /**
     * Compares: the flags of a subtraction, without its result.
     *
     * @param width       of the memory operand
     * @param destination memory
     * @param value       immediate; sign-extended from 32 bits at 64
     */
    public final void cmp(final Width width, final Mem destination, final long value) {
        immediate(7, width, destination, value);
    }

    /**
     * Tests: the flags of an and, without its result.
     *
     * @param destination register
     * @param source      register
     * @param <R>         width of both registers
     */
    public final <R extends Enum<R> & Reg> void test(final R destination, final R source) {
        emit(form(0x84, destination.width()).reg(source).rm(destination));
    }

    /**
     * Tests: the flags of an and, without its result.
     *
     * @param destination memory
     * @param source      register
     */
    public final void test(final Mem destination, final Reg source) {
        emit(form(0x84, source.width()).reg(source).rm(destination));
    }

    /**
     * Tests: the flags of an and, without its result.
     *
     * @param destination register
     * @param value       immediate; sign-extended from 32 bits at 64
     */
    public final void test(final Reg destination, final long value) {
        final Width width = destination.width();
        final long checked = width.checkImmediate(value);
        final Encoding form = destination.number() == 0
                ? form(0xa8, width) : form(0xf6, width).digit(0).rm(destination);
        emit(form.immediate(checked, width.immediateBytes()));
    }

    /**
     * Tests: the flags of an and, without its result.
     *
     * @param width       of the memory operand
     * @param destination memory
     * @param value       immediate; sign-extended from 32 bits at 64
     */
    public final void test(final Width width, final Mem destination, final long value) {
        final long checked = width.checkImmediate(value);
        emit(form(0xf6, width).digit(0).rm(destination).immediate(checked, width.immediateBytes()));
    }

    private void toRm(final int operation, final Reg destination, final Reg source) {
        emit(form(operation << 3, destination.width()).reg(source).rm(destination));
    }

    private void fromMemory(final int operation, final Reg destination, final Mem source) {
        emit(form(operation << 3 | TO_REGISTER, destination.width()).reg(destination).rm(source));
    }

    private void toMemory(final int operation, final Mem destination, final Reg source) {
        final Encoding form = form(operation << 3, source.width()).reg(source).rm(destination);
        emit(operation == CMP ? form : form.lockable());
    }

    private void immediate(final int operation, final Reg destination, final long value) {
        final Width width = destination.width();
        final long checked = width.checkImmediate(value);
        if (destination.number() == 0 && (width == Width.BYTE || checked != (byte) checked)) {
            emit(form(operation << 3 | ACCUMULATOR, width).immediate(checked, width.immediateBytes()));
        } else {
            emit(immediateForm(operation, width, checked).rm(destination));
        }
    }

    private void immediate(final int operation, final Width width, final Mem destination, final long value) {
        final Encoding form = immediateForm(operation, width, width.checkImmediate(value)).rm(destination);
        emit(operation == CMP ? form : form.lockable());
    }

    private static Encoding immediateForm(final int operation, final Width width, final long checked) {
        final Encoding form;
        if (width == Width.BYTE) {
            form = Encoding.of(0x80).immediate(checked, 1);
        } else if (checked == (byte) checked) {
            form = Encoding.of(0x83).immediate(checked, 1);
        } else {
            form = Encoding.of(0x81).immediate(checked, width.immediateBytes());
        }
        return form.width(width).digit(operation);
    }

    /** An opcode whose lowest bit says: not a byte. */
    static Encoding form(final int byteOpcode, final Width width) {
        return Encoding.of(width == Width.BYTE ? byteOpcode : byteOpcode | WIDE).width(width);
    }
}
