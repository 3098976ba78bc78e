package ringside.emulator.engine.unicorn;

import static ringside.toolchain.codegen.Mem.at;
import static ringside.toolchain.codegen.Reg64.R12;
import static ringside.toolchain.codegen.Reg64.R8;
import static ringside.toolchain.codegen.Reg64.RAX;
import static ringside.toolchain.codegen.Reg64.RBX;
import static ringside.toolchain.codegen.Reg64.RCX;
import static ringside.toolchain.codegen.Reg64.RDI;
import static ringside.toolchain.codegen.Reg64.RDX;
import static ringside.toolchain.codegen.Reg64.RSI;
import static ringside.toolchain.codegen.Reg64.RSP;

import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Width;

/** SYSCALL, which the library leaves to its user. */
final class SyscallStub {
    private static final int PADDING = 8;
    private static final int SYSCALL_ENABLE = 1;
    private static final int SELECTOR_SHIFT = 32;
    private static final int SELECTOR_MASK = 0xFFFC;
    private static final int KERNEL_CODE = 0xA09B00;
    private static final int KERNEL_DATA = 0xC09300;
    private static final int FLAT_LIMIT = -1;
    private static final int RESUME_FLAG = 1 << 16;
    private static final int INVALID_OPCODE = 6;

    private SyscallStub() {
    }

    /**
     * SYSCALL (Intel SDM volume 2B): #UD outside 64-bit mode or without EFER.SCE; RCX and R11 get the return address
     * and the flags; flags are masked; CS and SS come from STAR with fixed descriptors; RIP from LSTAR.
     *
     * <p>In: rsi = Shared. The library adds the instruction's length to RIP afterwards, so LSTAR goes in less that.
     */
    static void emit(final CodeBuilder c) {
        final Label undefined = c.newLabel("undefined");
        final Label counted = c.newLabel("counted");
        final Label silent = c.newLabel("silent");
        c.push(RBX);
        c.push(R12);
        c.sub(RSP, PADDING);
        c.mov(RBX, RSI);
        c.mov(R12, at(RBX, Shared.ENV));
        c.test(Width.DWORD, at(R12, Env.EFER), SYSCALL_ENABLE);
        c.jcc(Cond.E, undefined);
        c.test(Width.DWORD, at(R12, Env.HFLAGS), Env.HF_CS64);
        c.jcc(Cond.E, undefined);
        c.cmp(Width.DWORD, at(RBX, Shared.RECORDING), 0);
        c.jcc(Cond.E, silent);
        c.mov(RAX, (long) RingRecord.SYSCALL << RingRecord.KIND_SHIFT);
        c.mov(R8, at(RBX, Shared.RING_NEXT));
        c.mov(at(R8), RAX);
        c.mov(RAX, at(R12, Env.REGS));
        c.mov(at(R8, Long.BYTES), RAX);
        c.add(Width.QWORD, at(RBX, Shared.RING_NEXT), RingRecord.BYTES);
        c.bind(silent);
        c.mov(RDI, R12);
        c.call(at(RBX, Shared.READ_EFLAGS));
        final int r11 = Env.REGS + 11 * Long.BYTES;
        final int rcx = Env.REGS + Long.BYTES;
        c.mov(at(R12, r11), RAX);
        c.mov(RSI, at(R12, Env.FMASK));
        c.or(RSI, RESUME_FLAG);
        c.not(RSI);
        c.and(RSI, RAX);
        c.mov(RDI, R12);
        c.mov(Reg32.EDX, -1);
        c.call(at(RBX, Shared.WRITE_EFLAGS));
        // The block ends with this instruction, so its end is the return address.
        c.mov(RAX, at(R12, Env.EIP));
        c.lea(RCX, at(RAX, 2));
        c.mov(RDX, at(RBX, Shared.CURRENT));
        c.test(RDX, RDX);
        c.jcc(Cond.E, counted);
        c.mov(RCX, at(RDX, BlockTable.END));
        c.bind(counted);
        c.mov(at(R12, rcx), RCX);
        c.sub(RCX, RAX);
        c.mov(RAX, at(R12, Env.LSTAR));
        c.sub(RAX, RCX);
        c.mov(at(R12, Env.EIP), RAX);
        c.mov(RAX, at(R12, Env.STAR));
        c.shr(RAX, SELECTOR_SHIFT);
        c.and(Reg32.EAX, SELECTOR_MASK);
        emitSegment(c, Env.CS, KERNEL_CODE);
        c.add(Reg32.EAX, 8);
        emitSegment(c, Env.SS, KERNEL_DATA);
        c.mov(Reg32.EAX, at(R12, Env.HFLAGS));
        c.and(Reg32.EAX, ~(Env.HF_CPL | Env.HF_ADDSEG));
        c.or(Reg32.EAX, Env.HF_CS32 | Env.HF_SS32);
        c.mov(at(R12, Env.HFLAGS), Reg32.EAX);
        c.add(RSP, PADDING);
        c.pop(R12);
        c.pop(RBX);
        c.ret();
        c.bind(undefined);
        c.mov(RDI, R12);
        emitRaise(c);
    }

    /** In: rsi = Shared. Raises #UD where RIP is. */
    static void emitUndefined(final CodeBuilder c) {
        c.push(RBX);
        c.mov(RBX, RSI);
        c.mov(RDI, at(RBX, Shared.ENV));
        emitRaise(c);
    }

    /** In: rdi = the CPU state, rbx = Shared. Does not come back. */
    private static void emitRaise(final CodeBuilder c) {
        c.mov(Reg32.ESI, INVALID_OPCODE);
        c.xor(Reg32.EDX, Reg32.EDX);
        c.xor(Reg32.ECX, Reg32.ECX);
        c.call(at(RBX, Shared.RAISE_EXCEPTION));
        c.ud2();
    }

    private static void emitSegment(final CodeBuilder c, final int index, final int flags) {
        final int segment = Env.segment(index);
        c.mov(at(R12, segment + Env.SEG_SELECTOR), Reg32.EAX);
        c.mov(Width.QWORD, at(R12, segment + Env.SEG_BASE), 0);
        c.mov(Width.DWORD, at(R12, segment + Env.SEG_LIMIT), FLAT_LIMIT);
        c.mov(Width.DWORD, at(R12, segment + Env.SEG_FLAGS), flags);
    }
}
