package ringside.toolchain.codegen;

import java.util.Objects;
import ringside.toolchain.image.Relocation;

/** Jumps, calls and returns, and the doors between rings (SDM 1, 5.1.7 and 5.22). */
abstract sealed class BranchInstructions extends BitInstructions permits SystemInstructions {
    /**
     * Jumps, as short as it can.
     *
     * @param target label of this builder
     */
    public final void jmp(final Label target) {
        jump(null, labelOf(target));
    }

    /**
     * Jumps; short if the symbol is near and in the same section.
     *
     * @param target symbol, defined here or elsewhere
     */
    public final void jmp(final String target) {
        jump(null, labelOf(target));
    }

    /**
     * Jumps to where a register points.
     *
     * @param target register
     */
    public final void jmp(final Reg64 target) {
        emit(Encoding.of(0xff).digit(4).rm(target));
    }

    /**
     * Jumps to where 8 bytes of memory point.
     *
     * @param target memory
     */
    public final void jmp(final Mem target) {
        emit(Encoding.of(0xff).digit(4).rm(target));
    }

    /**
     * Jumps if the condition holds, as short as it can.
     *
     * @param condition on the flags
     * @param target    label of this builder
     */
    public final void jcc(final Cond condition, final Label target) {
        jump(Objects.requireNonNull(condition, "condition"), labelOf(target));
    }

    /**
     * Jumps if the condition holds; short if the symbol is near and in the same section.
     *
     * @param condition on the flags
     * @param target    symbol, defined here or elsewhere
     */
    public final void jcc(final Cond condition, final String target) {
        jump(Objects.requireNonNull(condition, "condition"), labelOf(target));
    }

    /**
     * Calls.
     *
     * @param target label of this builder
     */
    public final void call(final Label target) {
        near(labelOf(target));
    }

    /**
     * Calls.
     *
     * @param target symbol, defined here or elsewhere
     */
    public final void call(final String target) {
        near(labelOf(target));
    }

    /**
     * Calls where a register points.
     *
     * @param target register
     */
    public final void call(final Reg64 target) {
        emit(Encoding.of(0xff).digit(2).rm(target));
    }

    /**
     * Calls where 8 bytes of memory point.
     *
     * @param target memory
     */
    public final void call(final Mem target) {
        emit(Encoding.of(0xff).digit(2).rm(target));
    }

    /**
     * Returns.
     */
    public final void ret() {
        emit(Encoding.of(0xc3));
    }

    /**
     * Enters the kernel.
     */
    public final void syscall() {
        emit(Encoding.of(0xf05));
    }

    /**
     * Returns from SYSCALL to 64-bit code.
     */
    public final void sysretq() {
        emit(Encoding.of(0xf07).width(Width.QWORD));
    }

    /**
     * Returns from an interrupt.
     */
    public final void iretq() {
        emit(Encoding.of(0xcf).width(Width.QWORD));
    }

    /**
     * Traps to a debugger.
     */
    public final void int3() {
        emit(Encoding.of(0xcc));
    }

    /**
     * Raises #UD, for sure.
     */
    public final void ud2() {
        emit(Encoding.of(0xf0b));
    }

    /**
     * Does nothing in one byte.
     */
    public final void nop() {
        emit(Encoding.of(0x90));
    }

    /**
     * Tells the processor that this is a spinning loop.
     */
    public final void pause() {
        emit(Encoding.of(0x90).prefix(0xf3));
    }

    private void jump(final Cond condition, final Label target) {
        markLine();
        current().jump(condition, target);
    }

    private void near(final Label target) {
        markLine();
        current().append(0xe8);
        current().fixup(Relocation.Kind.PC32, target, -4);
    }
}
