package ringside.toolchain.codegen;

import ringside.toolchain.image.Relocation;

/** Copies between registers, memory and the stack (SDM 1, 5.1.1). */
abstract sealed class MoveInstructions extends Emitter permits AluInstructions {
    /**
     * Copies a register.
     *
     * @param destination register
     * @param source      register
     * @param <R>         width of both registers
     */
    public final <R extends Enum<R> & Reg> void mov(final R destination, final R source) {
        emit(wide(0x88, destination.width()).reg(source).rm(destination));
    }

    /**
     * Loads from memory.
     *
     * @param destination register
     * @param source      memory
     */
    public final void mov(final Reg destination, final Mem source) {
        emit(wide(0x8a, destination.width()).reg(destination).rm(source));
    }

    /**
     * Stores to memory.
     *
     * @param destination memory
     * @param source      register
     */
    public final void mov(final Mem destination, final Reg source) {
        emit(wide(0x88, source.width()).reg(source).rm(destination));
    }

    /**
     * Loads a number: for a 64-bit register the shortest instruction that gives all 64 bits.
     *
     * @param destination register
     * @param value       any 64 bits for a {@link Reg64}, else what fits the register
     */
    public final void mov(final Reg destination, final long value) {
        final Width width = destination.width();
        if (width == Width.QWORD) {
            if (value == (value & 0xffff_ffffL)) {
                emit(Encoding.of(0xb8).plus(destination).immediate(value, 4));
            } else if (value == (int) value) {
                emit(Encoding.of(0xc7).width(width).digit(0).rm(destination).immediate(value, 4));
            } else {
                emit(Encoding.of(0xb8).width(width).plus(destination).immediate(value, 8));
            }
        } else {
            final int opcode = width == Width.BYTE ? 0xb0 : 0xb8;
            emit(Encoding.of(opcode).width(width).plus(destination)
                    .immediate(width.checkImmediate(value), width.bytes()));
        }
    }

    /**
     * Stores a number.
     *
     * @param width       of the memory operand
     * @param destination memory
     * @param value       immediate; sign-extended from 32 bits at 64
     */
    public final void mov(final Width width, final Mem destination, final long value) {
        final long checked = width.checkImmediate(value);
        emit(wide(0xc6, width).digit(0).rm(destination).immediate(checked, width.immediateBytes()));
    }

    /**
     * Loads the address of a symbol, all 64 bits (10 bytes of code; {@code lea} from rip takes 7).
     *
     * @param destination register
     * @param symbol      defined here or elsewhere
     */
    public final void mov(final Reg64 destination, final String symbol) {
        markLine();
        current().append(0x48 | destination.number() >> 3);
        current().append(0xb8 | destination.number() & 7);
        current().fixup(Relocation.Kind.ABS64, labelOf(symbol), 0);
    }

    /**
     * Reads a control register.
     *
     * @param destination register
     * @param source      control register
     */
    public final void mov(final Reg64 destination, final ControlRegister source) {
        emit(control(0x0f20, source, destination));
    }

    /**
     * Writes a control register.
     *
     * @param destination control register
     * @param source      register
     */
    public final void mov(final ControlRegister destination, final Reg64 source) {
        emit(control(0x0f22, destination, source));
    }

    /**
     * Copies a narrower register and clears the rest of the destination.
     *
     * @param destination wider than the source
     * @param source      8 or 16 bits
     */
    public final void movzx(final Reg destination, final Reg source) {
        emit(extend(0x0fb6, destination, source.width()).reg(destination).rm(source));
    }

    /**
     * Loads a narrower number and clears the rest of the destination.
     *
     * @param destination wider than the source
     * @param width       of the source, BYTE or WORD
     * @param source      memory
     */
    public final void movzx(final Reg destination, final Width width, final Mem source) {
        emit(extend(0x0fb6, destination, width).reg(destination).rm(source));
    }

    /**
     * Copies a narrower register and its sign; from 32 bits it is MOVSXD.
     *
     * @param destination wider than the source
     * @param source      8, 16 or 32 bits
     */
    public final void movsx(final Reg destination, final Reg source) {
        emit(signExtend(destination, source.width()).reg(destination).rm(source));
    }

    /**
     * Loads a narrower number and its sign; from 32 bits it is MOVSXD.
     *
     * @param destination wider than the source
     * @param width       of the source, BYTE, WORD or DWORD
     * @param source      memory
     */
    public final void movsx(final Reg destination, final Width width, final Mem source) {
        emit(signExtend(destination, width).reg(destination).rm(source));
    }

    /**
     * Computes an address.
     *
     * @param destination register
     * @param source      whose address; a segment has no part in it
     */
    public final void lea(final Reg destination, final Mem source) {
        if (destination.width() == Width.BYTE) {
            throw new IllegalArgumentException("lea has no byte form: destination=" + destination);
        }
        emit(Encoding.of(0x8d).width(destination.width()).reg(destination).rm(source));
    }

    /**
     * Exchanges two registers.
     *
     * @param destination register
     * @param source      register
     * @param <R>         width of both registers
     */
    public final <R extends Enum<R> & Reg> void xchg(final R destination, final R source) {
        final Width width = destination.width();
        final boolean same = destination == source;
        final boolean accumulator = source.number() == 0 || destination.number() == 0;
        // 90 is NOP: with 32 bits it would not clear the high half of rax, with 64 there is nothing to do.
        if (accumulator && width != Width.BYTE && !(same && width == Width.DWORD)) {
            final Reg other = source.number() == 0 ? destination : source;
            emit(Encoding.of(0x90).width(same && width == Width.QWORD ? Width.DWORD : width).plus(other));
        } else {
            emit(wide(0x86, width).reg(source).rm(destination));
        }
    }

    /**
     * Exchanges with memory; the processor locks it without being told (SDM 3A 8.1.2.1).
     *
     * @param destination memory
     * @param source      register
     */
    public final void xchg(final Mem destination, final Reg source) {
        emit(wide(0x86, source.width()).reg(source).rm(destination).lockable());
    }

    /**
     * Copies if the condition holds; a 32-bit destination loses its high half either way.
     *
     * @param condition   on the flags
     * @param destination register
     * @param source      register
     * @param <R>         width of both registers
     */
    public final <R extends Enum<R> & Reg> void cmovcc(
            final Cond condition, final R destination, final R source) {
        emit(conditional(condition, destination).rm(source));
    }

    /**
     * Loads if the condition holds; memory is read either way.
     *
     * @param condition   on the flags
     * @param destination register
     * @param source      memory
     */
    public final void cmovcc(final Cond condition, final Reg destination, final Mem source) {
        emit(conditional(condition, destination).rm(source));
    }

    /**
     * Sets a byte to whether the condition holds.
     *
     * @param condition   on the flags
     * @param destination register
     */
    public final void setcc(final Cond condition, final Reg8 destination) {
        emit(Encoding.of(0x0f90 | condition.ordinal()).digit(0).rm(destination));
    }

    /**
     * Sets a byte to whether the condition holds.
     *
     * @param condition   on the flags
     * @param destination memory
     */
    public final void setcc(final Cond condition, final Mem destination) {
        emit(Encoding.of(0x0f90 | condition.ordinal()).digit(0).rm(destination));
    }

    /**
     * Pushes a register.
     *
     * @param source register
     */
    public final void push(final Reg64 source) {
        emit(Encoding.of(0x50).plus(source));
    }

    /**
     * Pushes 8 bytes of memory.
     *
     * @param source memory
     */
    public final void push(final Mem source) {
        emit(Encoding.of(0xff).digit(6).rm(source));
    }

    /**
     * Pushes a number, sign-extended from 32 bits.
     *
     * @param value immediate
     */
    public final void push(final long value) {
        final long checked = Width.QWORD.checkImmediate(value);
        final boolean narrow = checked == (byte) checked;
        emit(Encoding.of(narrow ? 0x6a : 0x68).immediate(checked, narrow ? 1 : 4));
    }

    /**
     * Pops into a register.
     *
     * @param destination register
     */
    public final void pop(final Reg64 destination) {
        emit(Encoding.of(0x58).plus(destination));
    }

    /**
     * Pops into 8 bytes of memory.
     *
     * @param destination memory
     */
    public final void pop(final Mem destination) {
        emit(Encoding.of(0x8f).digit(0).rm(destination));
    }

    /**
     * Pushes the flags.
     */
    public final void pushfq() {
        emit(Encoding.of(0x9c));
    }

    /**
     * Pops the flags.
     */
    public final void popfq() {
        emit(Encoding.of(0x9d));
    }

    private static Encoding wide(final int byteOpcode, final Width width) {
        return Encoding.of(width == Width.BYTE ? byteOpcode : byteOpcode | 1).width(width);
    }

    private static Encoding control(final int opcode, final ControlRegister control, final Reg64 general) {
        return Encoding.of(opcode).digit(control.number()).rm(general);
    }

    private static Encoding conditional(final Cond condition, final Reg destination) {
        if (destination.width() == Width.BYTE) {
            throw new IllegalArgumentException("cmovcc has no byte form: destination=" + destination);
        }
        return Encoding.of(0x0f40 | condition.ordinal()).width(destination.width()).reg(destination);
    }

    private static Encoding signExtend(final Reg destination, final Width source) {
        if (source == Width.DWORD && destination.width() == Width.QWORD) {
            return Encoding.of(0x63).width(Width.QWORD);
        }
        return extend(0x0fbe, destination, source);
    }

    private static Encoding extend(final int byteOpcode, final Reg destination, final Width source) {
        if (source.compareTo(Width.WORD) > 0 || source.compareTo(destination.width()) >= 0) {
            throw new IllegalArgumentException(
                    "an extension widens: destination=" + destination + ", source=" + source);
        }
        return wide(byteOpcode, source).width(destination.width());
    }
}
