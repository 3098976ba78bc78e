package ringside.emulator.engine.unicorn;

import static ringside.toolchain.codegen.Mem.at;
import static ringside.toolchain.codegen.Reg64.R8;
import static ringside.toolchain.codegen.Reg64.RAX;
import static ringside.toolchain.codegen.Reg64.RDI;
import static ringside.toolchain.codegen.Reg64.RDX;
import static ringside.toolchain.codegen.Reg64.RSI;

import java.util.function.ToLongFunction;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;

/**
 * In front of the helpers for system registers: what is frequent is checked here, the rest is Java's to judge
 * ({@link ModelRegisters}, {@link ControlRegisters}, {@link DebugRegisters}).
 */
final class SystemStubs {
    private static final int INVALID_OPCODE = 6;
    private static final int GENERAL_PROTECTION = 13;
    private static final int MAXIMUM_PHYSICAL_BITS = 40;
    private static final int PCIDE = 1 << 17;
    private static final int KEEP_TRANSLATIONS = 63;
    private static final int CR3 = 3;
    private static final int CR8 = 8;
    private static final int RCX_AT = Env.REGS + Long.BYTES;
    private static final int RDX_AT = Env.REGS + 2 * Long.BYTES;

    private SystemStubs() {
    }

    /** {@code void helper_rdmsr(env)}. */
    static void emitReadMsr(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label library = c.newLabel("library");
        emitShared(c, library);
        c.push(RDI);
        c.mov(Reg32.EDI, at(RDI, RCX_AT));
        c.call(at(RAX, Shared.UPCALL_READ_MSR));
        c.pop(RDI);
        emitVerdict(c, originals, library);
        c.bind(library);
        Interposition.emitGoOn(c, originals.applyAsLong("helper_rdmsr_x86_64"));
    }

    /** {@code void helper_wrmsr(env)}. A canonical base of FS, GS or kernel GS is the library's at once. */
    static void emitWriteMsr(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label ask = c.newLabel("ask");
        final Label library = c.newLabel("library");
        final int signBits = 15;
        emitShared(c, library);
        c.mov(Reg32.ECX, at(RDI, RCX_AT));
        c.lea(Reg32.EDX, at(Reg64.RCX, -Msr.FS_BASE));
        c.cmp(Reg32.EDX, Msr.KERNEL_GS_BASE - Msr.FS_BASE);
        c.jcc(Cond.A, ask);
        c.mov(Reg32.ESI, at(RDI, RDX_AT));
        c.sar(Reg32.ESI, signBits);
        c.inc(Reg32.ESI);
        c.cmp(Reg32.ESI, 1);
        c.jcc(Cond.BE, library);
        c.bind(ask);
        c.mov(Reg32.ESI, at(RDI, RDX_AT));
        c.shl(RSI, Integer.SIZE);
        c.mov(Reg32.EDX, at(RDI, Env.REGS));
        c.or(RSI, RDX);
        c.push(RDI);
        c.mov(Reg32.EDI, Reg32.ECX);
        c.call(at(RAX, Shared.UPCALL_WRITE_MSR));
        c.pop(RDI);
        emitVerdict(c, originals, library);
        c.bind(library);
        Interposition.emitGoOn(c, originals.applyAsLong("helper_wrmsr_x86_64"));
    }

    /** {@code target_ulong helper_read_crN(env, register)}. */
    static void emitReadControl(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label library = c.newLabel("library");
        emitShared(c, library);
        c.cmp(Reg32.ESI, CR8);
        c.jcc(Cond.NE, library);
        c.jmp(at(RAX, Shared.UPCALL_READ_CONTROL));
        c.bind(library);
        Interposition.emitGoOn(c, originals.applyAsLong("helper_read_crN_x86_64"));
    }

    /**
     * {@code void helper_write_crN(env, register, value)}. Outside 64-bit mode the translator leaves what it likes in
     * the value's upper half. CR3 in long mode is dealt with here, for it is what a context switch writes.
     */
    static void emitWriteControl(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label ask = c.newLabel("ask");
        final Label wide = c.newLabel("wide");
        final Label library = c.newLabel("library");
        final Label plain = c.newLabel("plain");
        final Label refused = c.newLabel("refused");
        emitShared(c, library);
        emitOperandSize(c, wide);
        c.cmp(Reg32.ESI, CR3);
        c.jcc(Cond.NE, ask);
        c.test(Width.DWORD, at(RDI, Env.HFLAGS), Env.HF_LMA);
        c.jcc(Cond.E, ask);
        c.mov(Width.DWORD, at(RAX, Shared.KEEPS), 0);
        c.test(Width.DWORD, at(RDI, Env.CR + 4 * Long.BYTES), PCIDE);
        c.jcc(Cond.E, plain);
        c.btr(RDX, KEEP_TRANSLATIONS);
        c.setcc(Cond.B, at(RAX, Shared.KEEPS));
        c.bind(plain);
        c.mov(R8, RDX);
        c.shr(R8, MAXIMUM_PHYSICAL_BITS);
        c.jcc(Cond.NE, refused);
        c.bind(library);
        Interposition.emitGoOn(c, originals.applyAsLong("helper_write_crN_x86_64"));
        c.bind(refused);
        Interposition.emitRaise(c, originals, GENERAL_PROTECTION);
        c.bind(ask);
        emitAsk(c, originals, Shared.UPCALL_WRITE_CONTROL, library);
    }

    /** {@code target_ulong helper_get_dr(env, register)}. */
    static void emitReadDebug(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label library = c.newLabel("library");
        emitShared(c, library);
        emitAsk(c, originals, Shared.UPCALL_READ_DEBUG, library);
        c.bind(library);
        Interposition.emitGoOn(c, originals.applyAsLong("helper_get_dr_x86_64"));
    }

    /** {@code void helper_set_dr(env, register, value)}. */
    static void emitWriteDebug(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label library = c.newLabel("library");
        final Label wide = c.newLabel("wide");
        emitShared(c, library);
        emitOperandSize(c, wide);
        emitAsk(c, originals, Shared.UPCALL_WRITE_DEBUG, library);
        c.bind(library);
        Interposition.emitGoOn(c, originals.applyAsLong("helper_set_dr_x86_64"));
    }

    /** {@code void cpu_x86_update_cr3(env, value)}: an event where the value is another, and of what is dropped. */
    static void emitNewRoot(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label library = c.newLabel("library");
        emitShared(c, library);
        c.cmp(Width.DWORD, at(RAX, Shared.RECORDING), 0);
        c.jcc(Cond.E, library);
        PagingStubs.emitRootWritten(c);
        c.cmp(RSI, at(RDI, Env.CR + CR3 * Long.BYTES));
        c.jcc(Cond.E, library);
        c.mov(RDX, (long) RingRecord.ADDRESS_SPACE << RingRecord.KIND_SHIFT);
        c.mov(R8, at(RAX, Shared.RING_NEXT));
        c.mov(at(R8), RDX);
        c.mov(at(R8, Long.BYTES), RSI);
        c.add(Width.QWORD, at(RAX, Shared.RING_NEXT), RingRecord.BYTES);
        c.bind(library);
        Interposition.emitGoOn(c, originals.applyAsLong("cpu_x86_update_cr3_x86_64"));
    }

    /** rax = Shared, or on to the library where there is none yet. */
    private static void emitShared(final CodeBuilder c, final Label library) {
        Interposition.emitShared(c, RAX);
        c.test(RAX, RAX);
        c.jcc(Cond.E, library);
    }

    private static void emitOperandSize(final CodeBuilder c, final Label wide) {
        c.test(Width.DWORD, at(RDI, Env.HFLAGS), Env.HF_CS64);
        c.jcc(Cond.NE, wide);
        c.mov(Reg32.EDX, Reg32.EDX);
        c.bind(wide);
    }

    /** Asks {@code int (register, value)}. In: rdi = env, esi = register, rdx = value, rax = Shared. */
    private static void emitAsk(final CodeBuilder c, final ToLongFunction<String> originals, final int upcall,
            final Label library) {
        c.push(RDI);
        c.push(RSI);
        c.push(RAX);
        c.mov(Reg32.EDI, Reg32.ESI);
        c.mov(RSI, RDX);
        c.call(at(RAX, upcall));
        c.pop(RDX);
        c.pop(RSI);
        c.pop(RDI);
        c.mov(RDX, at(RDX, Shared.VALUE));
        emitVerdict(c, originals, library);
    }

    /** In: eax = a {@link Verdict}, rdi = env, the stack as on entry. */
    private static void emitVerdict(
            final CodeBuilder c, final ToLongFunction<String> originals, final Label library) {
        final Label done = c.newLabel("done");
        final Label undefined = c.newLabel("undefined");
        final Label debug = c.newLabel("debug");
        c.cmp(Reg32.EAX, Verdict.LIBRARY);
        c.jcc(Cond.E, library);
        c.cmp(Reg32.EAX, Verdict.DONE);
        c.jcc(Cond.E, done);
        c.cmp(Reg32.EAX, Verdict.UNDEFINED);
        c.jcc(Cond.E, undefined);
        c.cmp(Reg32.EAX, Verdict.DEBUG);
        c.jcc(Cond.E, debug);
        Interposition.emitRaise(c, originals, GENERAL_PROTECTION);
        c.bind(undefined);
        Interposition.emitRaise(c, originals, INVALID_OPCODE);
        c.bind(debug);
        Interposition.emitRaise(c, originals, 1);
        c.bind(done);
        c.ret();
    }
}
