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

/** In front of the translator: Java says how many instructions a block may have. */
final class TranslationStubs {
    /** Of a translation that is being made: its address and the flags that it is keyed by. */
    private static final int BLOCK_PC = 0;
    private static final int BLOCK_FLAGS = 16;

    private TranslationStubs() {
    }

    /** {@code void gen_intermediate_code(cpu, block, most)}. */
    static void emitLimit(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label library = c.newLabel("library");
        Interposition.emitEnvOfCpu(c, RAX, RDI);
        c.mov(RAX, at(RAX, Env.SHARED));
        c.test(RAX, RAX);
        c.jcc(Cond.E, library);
        ExchangeStubs.emitForget(c);
        c.mov(RAX, at(RAX, Shared.UPCALL_LIMIT));
        c.test(RAX, RAX);
        c.jcc(Cond.E, library);
        c.push(RDI);
        c.push(RSI);
        c.push(RDX);
        c.mov(RDI, at(RSI, BLOCK_PC));
        c.mov(Reg32.ESI, at(RSI, BLOCK_FLAGS));
        c.call(RAX);
        c.pop(RDX);
        c.pop(RSI);
        c.pop(RDI);
        c.mov(Reg32.EDX, Reg32.EAX);
        c.bind(library);
        Interposition.emitGoOn(c, originals.applyAsLong("gen_intermediate_code_x86_64"));
    }
}
