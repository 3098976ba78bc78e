package ringside.emulator.engine.unicorn;

import static ringside.toolchain.codegen.Mem.at;
import static ringside.toolchain.codegen.Reg64.R12;
import static ringside.toolchain.codegen.Reg64.R9;
import static ringside.toolchain.codegen.Reg64.RAX;
import static ringside.toolchain.codegen.Reg64.RBX;
import static ringside.toolchain.codegen.Reg64.RCX;
import static ringside.toolchain.codegen.Reg64.RDI;
import static ringside.toolchain.codegen.Reg64.RDX;
import static ringside.toolchain.codegen.Reg64.RSI;
import static ringside.toolchain.codegen.Reg64.RSP;

import java.util.function.ToLongFunction;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Reg8;
import ringside.toolchain.codegen.Width;

/** Where the library would stop for a debugger's watchpoints: {@link DataBreakpoints}. And where it single-steps. */
final class DebugStubs {
    private static final int PADDING = 8;

    private DebugStubs() {
    }

    /** {@code int cpu_watchpoint_address_matches(cpu, page, bytes)}: which accesses to a page are to ask. */
    static void emitPage(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label none = c.newLabel("none");
        emitWatching(c, RAX, none);
        c.mov(RDI, RSI);
        c.jmp(at(RAX, Shared.UPCALL_WATCH_PAGE));
        c.bind(none);
        c.xor(Reg32.EAX, Reg32.EAX);
        c.ret();
    }

    /** Goes to {@code none} where there is no breakpoint. In: rdi = the CPU object. Out: {@code into} = Shared. */
    private static void emitWatching(final CodeBuilder c, final Reg64 into, final Label none) {
        Interposition.emitEnvOfCpu(c, into, RDI);
        c.mov(into, at(into, Env.SHARED));
        c.test(into, into);
        c.jcc(Cond.E, none);
        c.cmp(Width.DWORD, at(into, Shared.WATCHING), 0);
        c.jcc(Cond.E, none);
    }

    /**
     * {@code void cpu_check_watchpoint(cpu, address, bytes, attributes, kind, place)}: where a breakpoint is hit the
     * instruction is left, to be done again alone. The place is 0 outside of translations.
     */
    static void emitAccess(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label out = c.newLabel("out");
        c.push(RBX);
        c.push(R12);
        c.sub(RSP, PADDING);
        c.mov(R12, RDI);
        emitWatching(c, RBX, out);
        c.push(R9);
        c.sub(RSP, PADDING);
        c.mov(RDI, RSI);
        c.mov(RSI, RDX);
        c.mov(Reg32.EDX, Reg32.R8D);
        c.xor(Reg32.ECX, Reg32.ECX);
        c.test(R9, R9);
        c.setcc(Cond.NE, Reg8.CL);
        c.call(at(RBX, Shared.UPCALL_WATCH_ACCESS));
        c.add(RSP, PADDING);
        c.pop(RSI);
        c.cmp(Reg32.EAX, DataBreakpoints.AGAIN);
        c.jcc(Cond.NE, out);
        c.mov(RDI, R12);
        c.mov(Reg32.EDX, 1);
        c.mov(RCX, originals.applyAsLong("cpu_restore_state_x86_64"));
        c.call(RCX);
        c.call(at(RBX, Shared.UPCALL_DO_AGAIN));
        c.mov(RDI, R12);
        c.call(at(RBX, Shared.LOOP_EXIT));
        c.ud2();
        c.bind(out);
        c.add(RSP, PADDING);
        c.pop(R12);
        c.pop(RBX);
        c.ret();
    }

    /**
     * {@code void helper_reset_rf(env)}, behind an instruction that RFLAGS.RF was for: {@link BlockStub} ended it when
     * the instruction started, and what the instruction has set is for the next one.
     */
    static void emitResumed(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label library = c.newLabel("library");
        Interposition.emitShared(c, RAX);
        c.test(RAX, RAX);
        c.jcc(Cond.E, library);
        c.cmp(Width.QWORD, at(RAX, Shared.CURRENT), 0);
        c.jcc(Cond.E, library);
        c.ret();
        c.bind(library);
        Interposition.emitGoOn(c, originals.applyAsLong("helper_reset_rf_x86_64"));
    }

    /**
     * {@code void helper_hlt(env, length)}: a single step ends the halt at once (Intel SDM volume 2, HLT). RIP is the
     * instruction's.
     */
    static void emitHalt(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label halt = c.newLabel("halt");
        c.test(Width.DWORD, at(RDI, Env.EFLAGS), Env.TRAP_FLAG);
        c.jcc(Cond.E, halt);
        c.mov(Reg32.ESI, Reg32.ESI);
        c.add(at(RDI, Env.EIP), RSI);
        c.and(Width.DWORD, at(RDI, Env.HFLAGS), ~Env.HF_INHIBIT_IRQ);
        emitStep(c, originals);
        c.bind(halt);
        Interposition.emitGoOn(c, originals.applyAsLong("helper_hlt_x86_64"));
    }

    /** {@code void helper_single_step(env)}: tells Java that the #DB that follows is a step's. */
    static void emitStep(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label library = c.newLabel("library");
        Interposition.emitShared(c, RAX);
        c.test(RAX, RAX);
        c.jcc(Cond.E, library);
        c.mov(Width.QWORD, at(RAX, Shared.STEPPED), 1);
        c.bind(library);
        Interposition.emitGoOn(c, originals.applyAsLong("helper_single_step_x86_64"));
    }
}
