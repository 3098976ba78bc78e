package ringside.emulator.engine.unicorn;

import static ringside.toolchain.codegen.Mem.at;
import static ringside.toolchain.codegen.Reg64.R12;
import static ringside.toolchain.codegen.Reg64.R13;
import static ringside.toolchain.codegen.Reg64.R14;
import static ringside.toolchain.codegen.Reg64.R8;
import static ringside.toolchain.codegen.Reg64.R9;
import static ringside.toolchain.codegen.Reg64.RAX;
import static ringside.toolchain.codegen.Reg64.RBP;
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
import ringside.toolchain.codegen.Width;

/**
 * CMPXCHG of 32 bits that succeeds does not write RAX (Intel SDM volume 2, CMPXCHG); the library's translator writes
 * EAX always, which clears the upper half.
 *
 * <p>These stand in front of the functions by which the translator emits operations, so they cost nothing when the
 * code runs. The exchange is known by its atomic operation, or by a selection whose two operands have just been
 * extended from 32 bits in place; the next extension of what memory had is the write of EAX, and becomes a selection
 * between that and RAX as it is.
 */
final class ExchangeStubs {
    private static final String EXTEND = "tcg_gen_ext32u_i64_x86_64";
    private static final String SELECT = "tcg_gen_movcond_i64_x86_64";
    private static final String EXCHANGE = "tcg_gen_atomic_cmpxchg_i64_x86_64";
    private static final String NEW_VARIABLE = "tcg_temp_new_internal_x86_64";
    private static final String FREE_VARIABLE = "tcg_temp_free_internal_x86_64";
    /** In the translator's context: the CPU that it translates for, 0 otherwise. */
    private static final int CONTEXT_CPU = 0xe0;
    private static final int EQUAL = 8;
    private static final int TYPE_64_BITS = 1;
    /** On the stack: arguments from the seventh on. */
    private static final int SEVENTH = 8;
    private static final int SIZE_MASK = 3;
    private static final int SIZE_32_BITS = 2;

    private ExchangeStubs() {
    }

    /**
     * {@code void (context, result, address, compared, new, regime, size)}. NEG with LOCK has it, too: its result goes
     * where the compared value was.
     */
    static void emitExchange(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label library = c.newLabel("library");
        emitShared(c, library);
        c.cmp(RSI, RCX);
        c.jcc(Cond.E, library);
        c.mov(Reg32.R10D, at(RSP, SEVENTH));
        c.and(Reg32.R10D, SIZE_MASK);
        c.cmp(Reg32.R10D, SIZE_32_BITS);
        c.jcc(Cond.NE, library);
        c.mov(at(RAX, Shared.EXCHANGE_FOUND), RSI);
        c.mov(at(RAX, Shared.EXCHANGE_COMPARED), RCX);
        c.bind(library);
        Interposition.emitGoOn(c, originals.applyAsLong(EXCHANGE));
    }

    /** {@code void (context, condition, result, first, second, where true, where false)}. */
    static void emitSelect(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label library = c.newLabel("library");
        emitShared(c, library);
        c.cmp(Reg32.ESI, EQUAL);
        c.jcc(Cond.NE, library);
        c.cmp(RDX, R9);
        c.jcc(Cond.NE, library);
        c.cmp(RCX, at(RSP, SEVENTH));
        c.jcc(Cond.NE, library);
        c.cmp(RCX, at(RAX, Shared.EXTENDED_BEFORE));
        c.jcc(Cond.NE, library);
        c.cmp(R8, at(RAX, Shared.EXTENDED_LAST));
        c.jcc(Cond.NE, library);
        c.mov(at(RAX, Shared.EXCHANGE_FOUND), RCX);
        c.mov(at(RAX, Shared.EXCHANGE_COMPARED), R8);
        c.bind(library);
        Interposition.emitGoOn(c, originals.applyAsLong(SELECT));
    }

    /** {@code void (context, result, operand)}. */
    static void emitExtend(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label library = c.newLabel("library");
        final Label found = c.newLabel("found");
        final Label note = c.newLabel("note");
        emitShared(c, library);
        c.cmp(RDX, at(RAX, Shared.EXCHANGE_FOUND));
        c.jcc(Cond.E, found);
        c.mov(RCX, at(RAX, Shared.EXTENDED_LAST));
        c.mov(at(RAX, Shared.EXTENDED_BEFORE), RCX);
        c.xor(Reg32.ECX, Reg32.ECX);
        c.cmp(RSI, RDX);
        c.jcc(Cond.NE, note);
        c.mov(RCX, RDX);
        c.bind(note);
        c.mov(at(RAX, Shared.EXTENDED_LAST), RCX);
        c.bind(library);
        Interposition.emitGoOn(c, originals.applyAsLong(EXTEND));
        c.bind(found);
        emitConditional(c, originals);
    }

    /** Extends what memory had into the result, but where it is what was compared. In: as above, rax = Shared. */
    private static void emitConditional(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Reg64[] kept = {RBX, RBP, R12, R13, R14};
        for (final Reg64 register : kept) {
            c.push(register);
        }
        c.mov(RBX, RDI);
        c.mov(RBP, RSI);
        c.mov(R12, RDX);
        c.mov(R13, at(RAX, Shared.EXCHANGE_COMPARED));
        c.mov(Width.QWORD, at(RAX, Shared.EXCHANGE_FOUND), 0);
        c.mov(Width.QWORD, at(RAX, Shared.EXTENDED_LAST), 0);
        emitExtended(c, originals, R14, R12);
        emitExtended(c, originals, R12, R13);
        c.mov(RDI, RBX);
        c.mov(Reg32.ESI, EQUAL);
        c.mov(RDX, RBP);
        c.mov(RCX, R14);
        c.mov(R8, R12);
        c.mov(R9, RBP);
        c.push(R14);
        c.push(R14);
        emitCall(c, originals, SELECT);
        c.add(RSP, 2 * Long.BYTES);
        for (final Reg64 variable : new Reg64[] {R12, R14}) {
            c.mov(RDI, RBX);
            c.lea(RSI, at(RBX, variable, 1, 0));
            emitCall(c, originals, FREE_VARIABLE);
        }
        for (int i = kept.length - 1; i >= 0; i--) {
            c.pop(kept[i]);
        }
        c.ret();
    }

    /** {@code into} = a new variable that has the low half of another. In: rbx = context. */
    private static void emitExtended(final CodeBuilder c, final ToLongFunction<String> originals, final Reg64 into,
            final Reg64 of) {
        c.mov(RDI, RBX);
        c.mov(Reg32.ESI, TYPE_64_BITS);
        c.xor(Reg32.EDX, Reg32.EDX);
        emitCall(c, originals, NEW_VARIABLE);
        c.sub(RAX, RBX);
        c.mov(RDX, of);
        c.mov(into, RAX);
        c.mov(RSI, RAX);
        c.mov(RDI, RBX);
        emitCall(c, originals, EXTEND);
    }

    private static void emitCall(final CodeBuilder c, final ToLongFunction<String> originals, final String function) {
        c.mov(RAX, originals.applyAsLong(function));
        c.call(RAX);
    }

    /** rax = Shared of the CPU that is translated for, or on to the library where there is none. In: rdi = context. */
    private static void emitShared(final CodeBuilder c, final Label library) {
        c.mov(RAX, at(RDI, CONTEXT_CPU));
        c.test(RAX, RAX);
        c.jcc(Cond.E, library);
        Interposition.emitEnvOfCpu(c, RAX, RAX);
        c.mov(RAX, at(RAX, Env.SHARED));
        c.test(RAX, RAX);
        c.jcc(Cond.E, library);
    }

    /** Another translation begins: no variable of the last one means anything. In: rax = Shared. */
    static void emitForget(final CodeBuilder c) {
        for (final int variable : new int[] {Shared.EXCHANGE_FOUND, Shared.EXCHANGE_COMPARED, Shared.EXTENDED_LAST,
            Shared.EXTENDED_BEFORE}) {
            c.mov(Width.QWORD, at(RAX, variable), 0);
        }
    }
}
