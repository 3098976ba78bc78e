package ringside.emulator.engine.unicorn;

import static ringside.toolchain.codegen.Mem.at;
import static ringside.toolchain.codegen.Reg64.RAX;
import static ringside.toolchain.codegen.Reg64.RBX;
import static ringside.toolchain.codegen.Reg64.RDI;
import static ringside.toolchain.codegen.Reg64.RDX;
import static ringside.toolchain.codegen.Reg64.RSI;
import static ringside.toolchain.codegen.Reg64.RSP;

import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Width;

/** An exception or undefined instruction: Java takes back what did not retire, then the CPU vectors it. */
final class ExceptionStubs {
    private static final int INVALID_OPCODE = 6;

    private ExceptionStubs() {
    }

    /** In: rdi = uc, esi = vector, rdx = Shared. */
    static void emitException(final CodeBuilder c) {
        // What was being accessed in two parts is not any more, if that is what faulted; the library forgets to say so.
        c.mov(Width.DWORD, at(RDI, AccessStubs.UC_SPLIT_ACCESS), 0);
        c.push(RBX);
        c.mov(RBX, RDX);
        emitDelivery(c);
        c.pop(RBX);
        c.ret();
    }

    /** In: rsi = Shared. Out: al = 1, the instruction is dealt with. */
    static void emitInvalid(final CodeBuilder c) {
        c.push(RBX);
        c.mov(RBX, RSI);
        c.mov(Reg32.ESI, INVALID_OPCODE);
        emitDelivery(c);
        c.mov(Reg32.EAX, 1);
        c.pop(RBX);
        c.ret();
    }

    /** esi = vector, rbx = Shared. Java sets DELIVERING; it stays set when the delivery faults. */
    private static void emitDelivery(final CodeBuilder c) {
        final Label stop = c.newLabel("stop");
        final int padding = 8;
        c.mov(Reg32.EDI, Reg32.ESI);
        c.call(at(RBX, Shared.UPCALL_EXCEPTION));
        c.test(Reg32.EAX, ExceptionServices.STOP);
        c.jcc(Cond.NE, stop);
        c.push(RAX);
        c.sub(RSP, padding);
        c.mov(RDI, at(RBX, Shared.CPU));
        c.call(at(RBX, Shared.DO_INTERRUPT));
        c.mov(Width.QWORD, at(RBX, Shared.DELIVERING), 0);
        c.add(RSP, padding);
        c.pop(RAX);
        c.cmp(Reg32.EAX, ExceptionServices.DELIVER_AND_TELL);
        c.jcc(Cond.NE, stop);
        c.call(at(RBX, Shared.UPCALL_DELIVERED));
        c.bind(stop);
    }
}
