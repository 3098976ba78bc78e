package ringside.emulator.engine.unicorn;

import static ringside.toolchain.codegen.Mem.at;
import static ringside.toolchain.codegen.Reg64.RAX;
import static ringside.toolchain.codegen.Reg64.RDI;
import static ringside.toolchain.codegen.Reg64.RDX;
import static ringside.toolchain.codegen.Reg64.RSI;

import java.util.function.ToLongFunction;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg8;
import ringside.toolchain.codegen.Width;

/**
 * MXCSR (Intel SDM volume 1, 10.2.3): the library takes reserved bits, gives flush-to-zero to the x87 unit instead of
 * SSE, and never tells what happened ({@link FloatingPoint}).
 */
final class FloatingPointStubs {
    private static final int GENERAL_PROTECTION = 13;
    private static final int RESERVED_FROM = 16;
    private static final int ROUNDING_SHIFT = 13;
    private static final int ROUNDING_MASK = 3;
    private static final int FLUSH_RESULTS_SHIFT = 15;
    private static final int FLUSH_OPERANDS_SHIFT = 6;
    private static final int UNDERFLOW_MASK_SHIFT = 11;

    private FloatingPointStubs() {
    }

    /** {@code void helper_ldmxcsr(env, value)}. */
    static void emitLoad(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label refused = c.newLabel("refused");
        c.mov(Reg32.EAX, Reg32.ESI);
        c.shr(Reg32.EAX, RESERVED_FROM);
        c.jcc(Cond.NE, refused);
        Interposition.emitGoOn(c, originals.applyAsLong("helper_ldmxcsr_x86_64"));
        c.bind(refused);
        Interposition.emitRaise(c, originals, GENERAL_PROTECTION);
    }

    /**
     * {@code void update_mxcsr_status(env)}: in the place of the library's. Results are flushed to zero only where
     * underflow is masked (10.2.3.3).
     */
    static void emitUpdate(final CodeBuilder c, final ToLongFunction<String> originals) {
        c.mov(Reg32.EAX, at(RDI, Env.MXCSR));
        c.mov(Reg32.EDX, Reg32.EAX);
        c.shr(Reg32.EDX, ROUNDING_SHIFT);
        c.and(Reg32.EDX, ROUNDING_MASK);
        c.mov(at(RDI, Env.SSE_ROUNDING), Reg8.DL);
        c.mov(Reg32.ECX, Reg32.EAX);
        c.shr(Reg32.ECX, UNDERFLOW_MASK_SHIFT);
        c.mov(Reg32.EDX, Reg32.EAX);
        c.shr(Reg32.EDX, FLUSH_RESULTS_SHIFT);
        c.and(Reg32.EDX, Reg32.ECX);
        c.and(Reg32.EDX, 1);
        c.mov(at(RDI, Env.SSE_FLUSH_RESULTS), Reg8.DL);
        c.shr(Reg32.EAX, FLUSH_OPERANDS_SHIFT);
        c.and(Reg32.EAX, 1);
        c.mov(at(RDI, Env.SSE_FLUSH_OPERANDS), Reg8.AL);
        c.xor(Reg32.EDX, Reg32.EDX);
        c.mov(at(RDI, Env.SSE_FLAGS), Reg8.DL);
        c.ret();
    }

    /** {@code void helper_fxsave(env, address)}. */
    static void emitSave(final CodeBuilder c, final ToLongFunction<String> originals) {
        emitGathering(c, originals, "helper_fxsave_x86_64");
    }

    /** {@code void helper_xsave(env, address, components)}. */
    static void emitExtendedSave(final CodeBuilder c, final ToLongFunction<String> originals) {
        emitGathering(c, originals, "helper_xsave_x86_64");
    }

    /** {@code void helper_xsaveopt(env, address, components)}. */
    static void emitOptimisedSave(final CodeBuilder c, final ToLongFunction<String> originals) {
        emitGathering(c, originals, "helper_xsaveopt_x86_64");
    }

    private static void emitGathering(
            final CodeBuilder c, final ToLongFunction<String> originals, final String symbol) {
        final Label library = c.newLabel("library");
        X87Stubs.emitGather(c);
        c.cmp(Width.BYTE, at(RDI, Env.SSE_FLAGS), 0);
        c.jcc(Cond.E, library);
        Interposition.emitShared(c, RAX);
        c.test(RAX, RAX);
        c.jcc(Cond.E, library);
        c.push(RDI);
        c.push(RSI);
        c.push(RDX);
        c.call(at(RAX, Shared.UPCALL_GATHER));
        c.pop(RDX);
        c.pop(RSI);
        c.pop(RDI);
        c.bind(library);
        Interposition.emitGoOn(c, originals.applyAsLong(symbol));
    }
}
