package ringside.emulator.engine.unicorn;

import static ringside.toolchain.codegen.Mem.at;
import static ringside.toolchain.codegen.Reg64.RDI;

import java.util.function.ToLongFunction;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg32;

/** The task register, without which there is no way to an inner privilege level. */
final class TaskStubs {
    private static final int GENERAL_PROTECTION = 13;
    private static final int INVALID_TASK_STATE = 10;
    private static final int INDEX_AND_TABLE = 0xFFFC;

    private TaskStubs() {
    }

    /** {@code void helper_ltr(env, selector)}: a null selector is #GP(0) (Intel SDM volume 2, LTR). */
    static void emitLoadTaskRegister(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label refused = c.newLabel("refused");
        c.test(Reg32.ESI, INDEX_AND_TABLE);
        c.jcc(Cond.E, refused);
        SegmentStubs.emitSystemSegment(c, originals, "helper_ltr_x86_64");
        c.bind(refused);
        Interposition.emitRaise(c, originals, GENERAL_PROTECTION);
    }

    /**
     * {@code void cpu_abort(cpu, format, ...)}: where the library would end the process because TR holds no task state
     * segment, an exception for an invalid one.
     */
    static void emitAbort(final CodeBuilder c, final ToLongFunction<String> originals) {
        Interposition.emitEnvOfCpu(c, RDI, RDI);
        c.mov(Reg32.EDX, at(RDI, Env.TR + Env.SEG_SELECTOR));
        c.and(Reg32.EDX, INDEX_AND_TABLE);
        c.mov(Reg32.ESI, INVALID_TASK_STATE);
        c.xor(Reg32.ECX, Reg32.ECX);
        Interposition.emitGoOn(c, originals.applyAsLong("raise_exception_err_ra_x86_64"));
    }
}
