package ringside.emulator.engine.unicorn;

import static ringside.toolchain.codegen.Mem.at;
import static ringside.toolchain.codegen.Reg64.R11;
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
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;

/**
 * Canonical addresses (Intel SDM volume 1, 3.3.7.1): each byte of an access must have one, before paging is looked at;
 * a far branch to another address faults before anything has changed.
 */
final class CanonicalStubs {
    private static final int GENERAL_PROTECTION = 13;
    private static final int SIGN_BITS = 47;
    private static final int QUADWORD = 2;
    private static final int RETURN_PLACE = 8;
    private static final int WITHOUT_SMAP = 2;
    private static final int PAGE_MASK = 0xFFF;
    private static final int RCX_AT = Env.REGS + Long.BYTES;
    private static final int RSP_AT = Env.REGS + 4 * Long.BYTES;
    private static final int R11_AT = Env.REGS + 11 * Long.BYTES;
    private static final int SYSCALL_ENABLE = 1;
    private static final int INVALID_OPCODE = 6;
    /** The flags that SYSRET loads. */
    private static final int SYSRET_FLAGS = 0x3C7FD7;

    private CanonicalStubs() {
    }

    /**
     * {@code bool x86_cpu_tlb_fill(cpu, address, size, access, regime, probe, place)}: tells Java where an access left
     * the canonical addresses, and faults where only its end did.
     */
    static void emitTranslate(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label outside = c.newLabel("outside");
        final Label edge = c.newLabel("edge");
        final Label library = c.newLabel("library");
        final Label tell = c.newLabel("tell");
        final Label raise = c.newLabel("raise");
        emitCanonical(c, RSI, RAX, outside);
        c.mov(Reg32.EDX, Reg32.EDX);
        c.test(Reg32.EDX, Reg32.EDX);
        c.jcc(Cond.E, library);
        c.lea(R11, at(RSI, RDX, 1, -1L));
        emitCanonical(c, R11, RAX, edge);
        c.bind(library);
        ExtendedPagingStubs.emitKeepAccess(c);
        Interposition.emitGoOn(c, originals.applyAsLong("x86_cpu_tlb_fill_x86_64"));
        c.bind(outside);
        c.test(Reg32.R9D, Reg32.R9D);
        c.jcc(Cond.NE, library);
        Interposition.emitEnvOfCpu(c, RAX, RDI);
        c.mov(RAX, at(RAX, Env.SHARED));
        c.test(RAX, RAX);
        c.jcc(Cond.E, library);
        c.mov(at(RAX, Shared.OUTSIDE), RSI);
        c.jmp(library);
        c.bind(edge);
        c.test(Reg32.R9D, Reg32.R9D);
        c.jcc(Cond.E, tell);
        c.xor(Reg32.EAX, Reg32.EAX);
        c.ret();
        c.bind(tell);
        Interposition.emitEnvOfCpu(c, RDI, RDI);
        c.mov(RAX, at(RDI, Env.SHARED));
        c.test(RAX, RAX);
        c.jcc(Cond.E, raise);
        c.mov(at(RAX, Shared.OUTSIDE), R11);
        c.bind(raise);
        c.mov(Reg32.ESI, GENERAL_PROTECTION);
        c.xor(Reg32.EDX, Reg32.EDX);
        c.mov(RCX, at(RSP, RETURN_PLACE));
        Interposition.emitGoOn(c, originals.applyAsLong("raise_exception_err_ra_x86_64"));
    }

    /** Goes to {@code outside} where an address is not canonical. */
    private static void emitCanonical(
            final CodeBuilder c, final Reg64 address, final Reg64 scratch, final Label outside) {
        c.mov(scratch, address);
        c.sar(scratch, SIGN_BITS);
        c.inc(scratch);
        c.cmp(scratch, 1);
        c.jcc(Cond.A, outside);
    }

    /**
     * {@code void helper_iret_protected(env, shift, next)}: IRETQ to where no address is. An NMI may come again even
     * where IRET faults (Intel SDM volume 3, 6.7.1).
     */
    static void emitInterruptReturn(final CodeBuilder c, final ToLongFunction<String> originals) {
        c.and(Width.DWORD, at(RDI, Env.HFLAGS2), ~Env.HF2_NMI);
        emitReturn(c, originals, "helper_iret_protected_x86_64");
    }

    /** {@code void helper_lret_protected(env, shift, addend)}. */
    static void emitFarReturn(final CodeBuilder c, final ToLongFunction<String> originals) {
        emitReturn(c, originals, "helper_lret_protected_x86_64");
    }

    /** The address is read where the TLB knows the stack; elsewhere the library goes on and the fetch will fault. */
    private static void emitReturn(
            final CodeBuilder c, final ToLongFunction<String> originals, final String symbol) {
        final Label library = c.newLabel("library");
        final Label refused = c.newLabel("refused");
        c.cmp(Reg32.ESI, QUADWORD);
        c.jcc(Cond.NE, library);
        c.mov(RAX, at(RDI, RSP_AT));
        c.and(Reg32.EAX, PAGE_MASK);
        c.cmp(Reg32.EAX, PAGE_MASK + 1 - Long.BYTES);
        c.jcc(Cond.A, library);
        c.push(RDI);
        c.push(RSI);
        c.push(RDX);
        c.mov(RSI, at(RDI, RSP_AT));
        c.xor(Reg32.EDX, Reg32.EDX);
        emitRegime(c);
        c.mov(RAX, originals.applyAsLong("tlb_vaddr_to_host_x86_64"));
        c.call(RAX);
        c.pop(RDX);
        c.pop(RSI);
        c.pop(RDI);
        c.test(RAX, RAX);
        c.jcc(Cond.E, library);
        c.mov(RAX, at(RAX));
        emitCanonical(c, RAX, RAX, refused);
        c.bind(library);
        SegmentStubs.emitReturn(c);
        Interposition.emitGoOn(c, originals.applyAsLong(symbol));
        c.bind(refused);
        Interposition.emitRaise(c, originals, GENERAL_PROTECTION);
    }

    /** ecx = the translation regime that the library reads the stack in. In: rdi = env. */
    private static void emitRegime(final CodeBuilder c) {
        final int accessAllowed = 1 << 18;
        final Label found = c.newLabel("found");
        c.mov(Reg32.ECX, WITHOUT_SMAP);
        c.test(Width.DWORD, at(RDI, Env.HFLAGS), Env.HF_SMAP);
        c.jcc(Cond.E, found);
        c.test(Width.DWORD, at(RDI, Env.EFLAGS), accessAllowed);
        c.jcc(Cond.NE, found);
        c.xor(Reg32.ECX, Reg32.ECX);
        c.bind(found);
    }

    /** {@code void helper_ljmp_protected(env, selector, target, next)}. */
    static void emitFarJump(final CodeBuilder c, final ToLongFunction<String> originals) {
        emitTarget(c, originals, "helper_ljmp_protected_x86_64");
    }

    /** {@code void helper_lcall_protected(env, selector, target, shift, next)}. */
    static void emitFarCall(final CodeBuilder c, final ToLongFunction<String> originals) {
        emitTarget(c, originals, "helper_lcall_protected_x86_64");
    }

    private static void emitTarget(
            final CodeBuilder c, final ToLongFunction<String> originals, final String symbol) {
        final Label refused = c.newLabel("refused");
        emitCanonical(c, RDX, RAX, refused);
        Interposition.emitGoOn(c, originals.applyAsLong(symbol));
        c.bind(refused);
        Interposition.emitRaise(c, originals, GENERAL_PROTECTION);
    }

    /**
     * {@code void helper_sysret(env, operandSize)}: #UD outside 64-bit mode, #GP for a target that is no address, and
     * of R11 only the flags that SYSRET loads (Intel SDM volume 2, SYSRET).
     */
    static void emitSystemReturn(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label library = c.newLabel("library");
        final Label refused = c.newLabel("refused");
        final Label undefined = c.newLabel("undefined");
        c.test(Width.DWORD, at(RDI, Env.HFLAGS), Env.HF_CS64);
        c.jcc(Cond.E, undefined);
        c.test(Width.DWORD, at(RDI, Env.EFER), SYSCALL_ENABLE);
        c.jcc(Cond.E, undefined);
        c.test(Width.DWORD, at(RDI, Env.HFLAGS), Env.HF_CPL);
        c.jcc(Cond.NE, refused);
        c.cmp(Reg32.ESI, QUADWORD);
        c.jcc(Cond.NE, library);
        c.mov(RDX, at(RDI, RCX_AT));
        emitCanonical(c, RDX, RDX, refused);
        c.bind(library);
        c.mov(RAX, at(RDI, R11_AT));
        c.push(RAX);
        c.push(RDI);
        c.sub(RSP, Long.BYTES);
        c.and(Reg32.EAX, SYSRET_FLAGS);
        c.mov(at(RDI, R11_AT), RAX);
        c.mov(R11, originals.applyAsLong("helper_sysret_x86_64"));
        c.call(R11);
        c.add(RSP, Long.BYTES);
        c.pop(RDI);
        c.pop(RAX);
        c.mov(at(RDI, R11_AT), RAX);
        c.ret();
        c.bind(undefined);
        Interposition.emitRaise(c, originals, INVALID_OPCODE);
        c.bind(refused);
        Interposition.emitRaise(c, originals, GENERAL_PROTECTION);
    }
}
