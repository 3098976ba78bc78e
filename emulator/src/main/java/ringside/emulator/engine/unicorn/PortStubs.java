package ringside.emulator.engine.unicorn;

import static ringside.toolchain.codegen.Mem.at;
import static ringside.toolchain.codegen.Reg64.R10;
import static ringside.toolchain.codegen.Reg64.R8;
import static ringside.toolchain.codegen.Reg64.R9;
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
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;

/** IN and OUT: the permission check that the library leaves out, then Java. */
final class PortStubs {
    private static final int PADDING = 8;

    private PortStubs() {
    }

    /** In: esi = port, edx = size, rcx = Shared. Out: eax = value. */
    static void emitIn(final CodeBuilder c) {
        emitPortCheck(c, RCX);
        c.jmp(at(R10, Shared.UPCALL_PORT_IN));
    }

    /** In: esi = port, edx = size, ecx = value, r8 = Shared. Leaves the block at once where Java ends the run. */
    static void emitOut(final CodeBuilder c) {
        final Label leave = c.newLabel("leave");
        emitPortCheck(c, R8);
        c.push(RBX);
        c.mov(RBX, R10);
        c.call(at(RBX, Shared.UPCALL_PORT_OUT));
        c.test(Reg32.EAX, Reg32.EAX);
        c.jcc(Cond.NE, leave);
        c.pop(RBX);
        c.ret();
        c.bind(leave);
        c.mov(RDI, at(RBX, Shared.CPU));
        c.call(at(RBX, Shared.LOOP_EXIT));
        c.ud2();
    }

    /**
     * The permission check that the library leaves out: at a level above IOPL the TSS's bitmap decides (Intel SDM
     * volume 1, 19.5), which may raise #GP or fault and then does not come back.
     *
     * <p>In: esi = port, edx = size, {@code user} = Shared. Out: r10 = Shared; the arguments are kept.
     */
    private static void emitPortCheck(final CodeBuilder c, final Reg64 user) {
        final int protectedMode = Env.HF_PE;
        final int ioplShift = 12;
        final Label allowed = c.newLabel("allowed");
        final Label wide = c.newLabel("wide");
        final Label check = c.newLabel("check");
        c.mov(R10, user);
        c.mov(R9, at(R10, Shared.ENV));
        c.test(Width.DWORD, at(R9, Env.HFLAGS), protectedMode);
        c.jcc(Cond.E, allowed);
        c.mov(Reg32.EAX, at(R9, Env.EFLAGS));
        c.shr(Reg32.EAX, ioplShift);
        c.and(Reg32.EAX, Env.HF_CPL);
        c.mov(Reg32.R11D, at(R9, Env.HFLAGS));
        c.and(Reg32.R11D, Env.HF_CPL);
        c.cmp(Reg32.R11D, Reg32.EAX);
        c.jcc(Cond.BE, allowed);
        c.push(RDI);
        c.push(RSI);
        c.push(RDX);
        c.push(RCX);
        c.push(R8);
        c.push(R10);
        c.sub(RSP, PADDING);
        c.mov(RAX, at(R10, Shared.CHECK_PORT_1));
        c.cmp(Reg32.EDX, Byte.BYTES);
        c.jcc(Cond.E, check);
        c.cmp(Reg32.EDX, Short.BYTES);
        c.jcc(Cond.NE, wide);
        c.mov(RAX, at(R10, Shared.CHECK_PORT_2));
        c.jmp(check);
        c.bind(wide);
        c.mov(RAX, at(R10, Shared.CHECK_PORT_4));
        c.bind(check);
        c.mov(RDI, R9);
        c.call(RAX);
        c.add(RSP, PADDING);
        c.pop(R10);
        c.pop(R8);
        c.pop(RCX);
        c.pop(RDX);
        c.pop(RSI);
        c.pop(RDI);
        c.bind(allowed);
    }
}
