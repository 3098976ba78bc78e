package ringside.fastpath.kernel.fuzz;

import java.nio.ByteBuffer;
import java.util.List;
import ringside.kernel.abi.KernelAbi;

/**
 * One operation of a list: what a thread does next.
 *
 * @param kind      what it is
 * @param number    of the system call
 * @param registers {@code rdi rsi rdx r8 r9 r10 r12 r13 r14 r15}; all but system calls read the first ones only
 * @param must      whether a system call has to succeed, or the supervisor gives up
 */
record Op(Kind kind, int number, List<Long> registers, boolean must) {
    /** Bytes of one in memory. */
    static final int SIZE = 96;
    /** The registers, in their order. */
    static final List<String> REGISTERS = List.of("rdi", "rsi", "rdx", "r8", "r9", "r10", "r12", "r13", "r14", "r15");

    Op {
        registers = List.copyOf(registers);
    }

    /** What there is, in the order of the program's table. */
    enum Kind {
        /** A system call. */
        CALL,
        /** A system call with the flags in r14, through the stack in r15. */
        FLAGS,
        /** Writes rsi to where rdi points. */
        STORE,
        /** Reads where rdi points. */
        LOAD,
        /** Jumps to rdi. */
        JUMP,
        /** Counts rdi down. */
        SPIN,
        /** Goes on with the operation at rdi. */
        GO,
        /** Copies rdx bytes from rsi to rdi; the supervisor's. */
        COPY,
        /** Tells the host that phase rdi has begun; the supervisor's. */
        MARK,
        /** Does what user code must not do, number rdi. */
        TRAP,
        /** A system call for floating-point registers, which are filled then and looked at behind each operation. */
        FLOAT
    }

    static Op of(final Kind kind, final long... registers) {
        final Long[] all = new Long[REGISTERS.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = i < registers.length ? registers[i] : 0;
        }
        return new Op(kind, 0, List.of(all), false);
    }

    static Op call(final int number, final long... registers) {
        return new Op(Kind.CALL, number, of(Kind.CALL, registers).registers, false);
    }

    static Op must(final int number, final long... registers) {
        return new Op(Kind.CALL, number, of(Kind.CALL, registers).registers, true);
    }

    static Op floats() {
        return new Op(Kind.FLOAT, KernelAbi.SYS_THREAD_FLOAT, of(Kind.FLOAT, KernelAbi.HANDLE_SELF).registers, false);
    }

    boolean isCall() {
        return kind == Kind.CALL || kind == Kind.FLAGS;
    }

    void encode(final ByteBuffer out) {
        out.putInt(kind.ordinal()).putInt(number);
        registers.forEach(out::putLong);
        out.putLong(must ? 1 : 0);
    }
}
