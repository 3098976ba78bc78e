package ringside.emulator.engine.unicorn;

import static ringside.toolchain.codegen.Mem.at;
import static ringside.toolchain.codegen.Reg64.R11;
import static ringside.toolchain.codegen.Reg64.RCX;
import static ringside.toolchain.codegen.Reg64.RDI;
import static ringside.toolchain.codegen.Reg64.RSP;

import java.util.function.ToLongFunction;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;

/**
 * Machine code that stands in the place of one function of libunicorn, in every engine of the process.
 *
 * <p>The library takes every address of an exported function, and makes every call of one from another of its files,
 * through its global offset table; {@link Interposer} puts the stub there. A call inside the file that defines the
 * function may be direct and is not seen: look at the disassembly.
 *
 * <p><b>Writing a stub.</b>
 * <ul>
 * <li>It gets the function's own arguments (System V ABI; the stack is 8 below a multiple of 16 on entry) and goes on
 *     to the library's own function with {@code originals.applyAsLong(symbol)}: {@code mov r11, address; jmp r11}
 *     with the arguments and the return address as they were. A helper takes its return address as its place in the
 *     translation, so a stub in front of one <em>jumps</em>, and never calls, wherever that may fault.
 * <li>It is one for all engines. {@link #emitShared} finds the engine's {@link Shared}, or 0 while an engine is being
 *     opened: then the stub must go on to the original.
 * <li>It may call Java through a pointer in {@link Shared}, and must have come back before anything that can raise an
 *     exception. {@link #emitRaise} raises one.
 * <li>Translations hold the addresses of helpers, so nothing can be interposed later than the first engine.
 * </ul>
 *
 * <p>Each list of stubs is named once, in {@link Unicorn}.
 *
 * @param symbol  the function's exported name
 * @param emitter writes the stub
 */
record Interposition(String symbol, Emitter emitter) {
    /** Writes a stub. */
    @FunctionalInterface
    interface Emitter {
        /**
         * Writes the stub.
         *
         * @param c         where to
         * @param originals address of the library's own function by its exported name
         */
        void emit(CodeBuilder c, ToLongFunction<String> originals);
    }

    /** The engine's {@link Shared} into a register, 0 where the engine is not set up yet. In: rdi = env. */
    static void emitShared(final CodeBuilder c, final Reg64 into) {
        c.mov(into, at(RDI, Env.SHARED));
    }

    /** The CPU state into a register. In: {@code cpu} = the library's CPU object. */
    static void emitEnvOfCpu(final CodeBuilder c, final Reg64 into, final Reg64 cpu) {
        c.mov(into, at(cpu, (int) Env.CPU_ENV));
    }

    /** The CPU state into a register. In: {@code uc} = the engine's handle. */
    static void emitEnvOfUc(final CodeBuilder c, final Reg64 into, final Reg64 uc) {
        c.mov(into, at(uc, (int) Env.UC_CPU));
        emitEnvOfCpu(c, into, into);
    }

    /** Leaves for a function with arguments, stack and return address as they are; destroys r11. */
    static void emitGoOn(final CodeBuilder c, final long function) {
        c.mov(R11, function);
        c.jmp(R11);
    }

    /**
     * Raises an exception with error code 0 at the instruction whose helper this stub stands for; does not come back.
     * In: rdi = env, the stack as on entry.
     */
    static void emitRaise(final CodeBuilder c, final ToLongFunction<String> originals, final int vector) {
        c.mov(Reg32.ESI, vector);
        c.xor(Reg32.EDX, Reg32.EDX);
        c.mov(RCX, at(RSP));
        emitGoOn(c, originals.applyAsLong("raise_exception_err_ra_x86_64"));
    }
}
