package ringside.emulator.engine.unicorn;

import static ringside.toolchain.codegen.Mem.at;
import static ringside.toolchain.codegen.Reg64.RAX;
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
import ringside.toolchain.codegen.Width;

/** Loads of segment registers that the library takes for good, and the bases that it loses: {@link SegmentServices}. */
final class SegmentStubs {
    private static final int GENERAL_PROTECTION = 13;
    private static final int INDEX_AND_TABLE = 0xFFFC;
    private static final int LEVEL = 3;
    private static final int PADDING = 8;

    private SegmentStubs() {
    }

    /**
     * {@code void helper_load_seg(env, segment, selector)}: a null selector for SS has to have the current level (Intel
     * SDM volume 2, MOV). Where it may not be null at all the library knows.
     */
    static void emitLoad(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label library = c.newLabel("library");
        c.cmp(Reg32.ESI, Env.SS);
        c.jcc(Cond.NE, library);
        c.test(Reg32.EDX, INDEX_AND_TABLE);
        c.jcc(Cond.NE, library);
        c.mov(Reg32.EAX, at(RDI, Env.HFLAGS));
        c.test(Reg32.EAX, Env.HF_CS64);
        c.jcc(Cond.E, library);
        c.xor(Reg32.EAX, Reg32.EDX);
        c.test(Reg32.EAX, LEVEL);
        c.jcc(Cond.E, library);
        Interposition.emitRaise(c, originals, GENERAL_PROTECTION);
        c.bind(library);
        Interposition.emitGoOn(c, originals.applyAsLong("helper_load_seg_x86_64"));
    }

    /** {@code void helper_lldt(env, selector)}. */
    static void emitLoadLocalTable(final CodeBuilder c, final ToLongFunction<String> originals) {
        emitSystemSegment(c, originals, "helper_lldt_x86_64");
    }

    /** Java looks at the descriptor's base, where it has 64 bits. In: rdi = env, esi = selector. */
    static void emitSystemSegment(
            final CodeBuilder c, final ToLongFunction<String> originals, final String symbol) {
        final Label library = c.newLabel("library");
        c.test(Width.DWORD, at(RDI, Env.HFLAGS), Env.HF_LMA);
        c.jcc(Cond.E, library);
        Interposition.emitShared(c, RAX);
        c.test(RAX, RAX);
        c.jcc(Cond.E, library);
        c.push(RDI);
        c.push(RSI);
        c.sub(RSP, PADDING);
        c.mov(Reg32.EDI, Reg32.ESI);
        c.call(at(RAX, Shared.UPCALL_SYSTEM_SEGMENT));
        c.add(RSP, PADDING);
        c.pop(RSI);
        c.pop(RDI);
        c.test(Reg32.EAX, Reg32.EAX);
        c.jcc(Cond.E, library);
        c.mov(Reg32.EDX, Reg32.ESI);
        c.and(Reg32.EDX, INDEX_AND_TABLE);
        c.mov(Reg32.ESI, GENERAL_PROTECTION);
        c.mov(RCX, at(RSP));
        Interposition.emitGoOn(c, originals.applyAsLong("raise_exception_err_ra_x86_64"));
        c.bind(library);
        Interposition.emitGoOn(c, originals.applyAsLong(symbol));
    }

    /**
     * In front of a return that may go to an outer level: where FS or GS has a selector that would become null and a
     * base that would go with it, Java is told. Keeps rdi, rsi and rdx; the stack is as on entry of a helper.
     */
    static void emitReturn(final CodeBuilder c) {
        final Label ask = c.newLabel("ask");
        final Label out = c.newLabel("out");
        c.mov(Reg32.EAX, at(RDI, Env.HFLAGS));
        c.test(Reg32.EAX, Env.HF_LMA);
        c.jcc(Cond.E, out);
        c.and(Reg32.EAX, Env.HF_CPL);
        c.cmp(Reg32.EAX, LEVEL);
        c.jcc(Cond.E, out);
        emitHasBase(c, Env.FS, ask);
        emitHasBase(c, Env.GS, ask);
        c.jmp(out);
        c.bind(ask);
        Interposition.emitShared(c, RAX);
        c.test(RAX, RAX);
        c.jcc(Cond.E, out);
        c.push(RDI);
        c.push(RSI);
        c.push(RDX);
        c.call(at(RAX, Shared.UPCALL_RETURN));
        c.pop(RDX);
        c.pop(RSI);
        c.pop(RDI);
        c.bind(out);
    }

    private static void emitHasBase(final CodeBuilder c, final int segment, final Label found) {
        final Label none = c.newLabel();
        c.cmp(Width.QWORD, at(RDI, Env.segment(segment) + Env.SEG_BASE), 0);
        c.jcc(Cond.E, none);
        c.test(Width.DWORD, at(RDI, Env.segment(segment) + Env.SEG_SELECTOR), INDEX_AND_TABLE);
        c.jcc(Cond.NE, found);
        c.bind(none);
    }
}
