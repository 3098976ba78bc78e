package ringside.emulator.engine.unicorn;

import static ringside.toolchain.codegen.Mem.at;
import static ringside.toolchain.codegen.Reg64.R11;
import static ringside.toolchain.codegen.Reg64.RAX;
import static ringside.toolchain.codegen.Reg64.RDI;
import static ringside.toolchain.codegen.Reg64.RSP;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg16;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Width;

/**
 * Exceptions of the x87 unit (Intel SDM volume 1, 8.5 to 8.7): an instruction that waits raises #MF before it does
 * anything while one is pending, an MMX instruction too. The library raises it at WAIT only, keeps what happened in its
 * own flags, and takes a division of 0 by 0 for one of something else.
 *
 * <p>A stub stands in front of the helper that each such instruction calls first; no other helper may check, for it
 * would see what its own instruction did. An exception is pending where the status word has a flag that the control
 * word does not mask: ES and B follow from that when somebody looks. Where CR0.NE is 0 nothing is raised: no FERR# is
 * modelled.
 */
final class X87Stubs {
    static final int VECTOR = 16;
    /** In the status word: what can be masked; ES and B. */
    static final int EXCEPTIONS = 0x3F;
    static final int SUMMARY = 0x8080;
    /** The library's flags that are the status word's: IE ZE OE UE PE. */
    static final int SAME_FLAGS = 0x3D;
    static final int NUMERIC_ERROR = 1 << 5;

    /** The first helper of an instruction that waits. */
    private static final String[] WAITING = {
        "flds_FT0", "fldl_FT0", "fildl_FT0", "flds_ST0", "fldl_ST0", "fildl_ST0", "fildll_ST0", "fldt_ST0",
        "fbld_ST0", "fsts_ST0", "fstl_ST0", "fstt_ST0", "fbst_ST0", "fist_ST0", "fistl_ST0", "fistll_ST0",
        "fistt_ST0", "fisttl_ST0", "fisttll_ST0", "fldcw", "fldenv", "frstor", "fpush", "fmov_FT0_STN",
        "fmov_ST0_STN", "fmov_STN_ST0", "fxchg_ST0_STN", "ffree_STN", "fadd_STN_ST0", "fmul_STN_ST0",
        "fsub_STN_ST0", "fsubr_STN_ST0", "fchs_ST0", "fabs_ST0", "fldz_FT0", "fxam_ST0", "f2xm1", "fyl2x",
        "fyl2xp1", "fptan", "fpatan", "fxtract", "fprem", "fprem1", "fdecstp", "fincstp", "fsqrt", "fsin", "fcos",
        "fsincos", "fscale", "frndint", "fwait", "enter_mmx", "emms"};
    /** Helpers that look at the status word or replace it. */
    private static final String[] LOOKING = {
        "fnstsw", "fstenv", "fsave", "fclex", "fninit", "fxrstor", "xrstor"};

    private X87Stubs() {
    }

    static List<Interposition> all() {
        final List<Interposition> stubs = new ArrayList<>();
        for (final String name : WAITING) {
            final String symbol = symbol(name);
            stubs.add(new Interposition(symbol, (c, originals) -> {
                emitWait(c, originals);
                Interposition.emitGoOn(c, originals.applyAsLong(symbol));
            }));
        }
        for (final String name : LOOKING) {
            final String symbol = symbol(name);
            stubs.add(new Interposition(symbol, (c, originals) -> {
                emitGather(c);
                Interposition.emitGoOn(c, originals.applyAsLong(symbol));
            }));
        }
        for (final String name : new String[] {"fdiv_ST0_FT0", "fdivr_ST0_FT0"}) {
            stubs.add(new Interposition(symbol(name), (c, originals) -> emitDivide(c, originals, symbol(name))));
        }
        for (final String name : new String[] {"fdiv_STN_ST0", "fdivr_STN_ST0"}) {
            stubs.add(new Interposition(symbol(name), (c, originals) -> {
                emitWait(c, originals);
                emitDivide(c, originals, symbol(name));
            }));
        }
        return stubs;
    }

    private static String symbol(final String helper) {
        return "helper_" + helper + "_x86_64";
    }

    /** Raises #MF where it is due. In: rdi = env, the stack as on entry; destroys rax and rcx. */
    private static void emitWait(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label goOn = c.newLabel("go_on");
        emitDue(c, goOn);
        Interposition.emitRaise(c, originals, VECTOR);
        c.bind(goOn);
    }

    /** Goes to {@code none} where no #MF is due. In: rdi = env; destroys rax and rcx. */
    static void emitDue(final CodeBuilder c, final Label none) {
        emitPending(c, none);
        c.test(Width.DWORD, at(RDI, Env.CR), NUMERIC_ERROR);
        c.jcc(Cond.E, none);
        c.or(Width.WORD, at(RDI, Env.X87_STATUS), SUMMARY);
    }

    /** Goes to {@code none} where no exception is pending. In: rdi = env; destroys rax and rcx. */
    private static void emitPending(final CodeBuilder c, final Label none) {
        final Label check = c.newLabel("check");
        c.movzx(Reg32.ECX, Width.BYTE, at(RDI, Env.X87_FLAGS));
        c.test(Reg32.ECX, Reg32.ECX);
        c.jcc(Cond.E, check);
        c.mov(Width.BYTE, at(RDI, Env.X87_FLAGS), 0);
        c.and(Reg32.ECX, SAME_FLAGS);
        c.or(at(RDI, Env.X87_STATUS), Reg16.CX);
        c.bind(check);
        c.movzx(Reg32.EAX, Width.WORD, at(RDI, Env.X87_CONTROL));
        c.not(Reg32.EAX);
        c.and(Reg32.EAX, at(RDI, Env.X87_STATUS));
        c.test(Reg32.EAX, EXCEPTIONS);
        c.jcc(Cond.E, none);
    }

    /** Makes the status word what it is to be read as. In: rdi = env; destroys rax and rcx. */
    static void emitGather(final CodeBuilder c) {
        final Label none = c.newLabel("none");
        c.and(Width.WORD, at(RDI, Env.X87_STATUS), 0xFFFF & ~SUMMARY);
        emitPending(c, none);
        c.or(Width.WORD, at(RDI, Env.X87_STATUS), SUMMARY);
        c.bind(none);
    }

    /** A division of which the status word learns by the library's own flags only, as of all else. */
    private static void emitDivide(
            final CodeBuilder c, final ToLongFunction<String> originals, final String symbol) {
        c.movzx(Reg32.EAX, Width.WORD, at(RDI, Env.X87_STATUS));
        c.push(RDI);
        c.push(RAX);
        c.sub(RSP, Long.BYTES);
        c.mov(R11, originals.applyAsLong(symbol));
        c.call(R11);
        c.add(RSP, Long.BYTES);
        c.pop(RAX);
        c.pop(RDI);
        c.mov(at(RDI, Env.X87_STATUS), Reg16.AX);
        c.ret();
    }
}
