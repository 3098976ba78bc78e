package ringside.emulator.engine.unicorn;

import static ringside.toolchain.codegen.Mem.at;
import static ringside.toolchain.codegen.Reg64.R11;
import static ringside.toolchain.codegen.Reg64.RAX;
import static ringside.toolchain.codegen.Reg64.RCX;
import static ringside.toolchain.codegen.Reg64.RDI;
import static ringside.toolchain.codegen.Reg64.RSI;
import static ringside.toolchain.codegen.Reg64.RSP;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg8;
import ringside.toolchain.codegen.Width;

/**
 * Unmasked exceptions of SSE arithmetic (Intel SDM volume 1, 11.5): #XM, or #UD without CR4.OSXMMEXCPT, at the
 * instruction, whose destination and flags stay. The library knows masked results only.
 *
 * <p>These helpers touch no memory, so a stub may call them: where an exception is not masked it takes back what the
 * helper wrote. With all exceptions masked a stub costs one test. What the library's arithmetic does not tell is not
 * raised: a denormal operand, and an underflow whose result is exact.
 */
final class SimdStubs {
    private static final int VECTOR = 19;
    private static final int INVALID_OPCODE = 6;
    private static final int MASKS = 0x1F80;
    private static final int MASKS_SHIFT = 7;
    private static final int EXCEPTIONS = 0x3F;
    /** Invalid, denormal and division by zero: known before the computation. */
    private static final int BEFORE = 7;
    /** The library's flag for a result flushed to zero, and what that is: underflow and inexact. */
    private static final int FLUSHED = 0x80;
    private static final int FLUSHED_FLAGS = 0x30;
    /** The library's flags that are MXCSR's. */
    private static final int SAME_FLAGS = 0x3D;
    private static final int SIMD_EXCEPTIONS_ENABLED = 1 << 10;
    private static final int CR4 = Env.CR + 4 * Long.BYTES;

    /** What a stub keeps on its stack, from the lowest address on. */
    private static final int OLD_FLAGS = 8;
    private static final int LOW_HALF = 16;
    private static final int HIGH_HALF = 24;
    private static final int CONDITION = 32;
    private static final int DESTINATION = 40;
    private static final int ENV = 48;
    private static final int FRAME = 56;

    private static final String[] FORMATS = {"ps", "pd", "ss", "sd"};
    /** Helpers of all four formats. */
    private static final String[] OPERATIONS = {
        "add", "sub", "mul", "div", "sqrt", "min", "max", "cmpeq", "cmplt", "cmple", "cmpunord", "cmpneq", "cmpnlt",
        "cmpnle", "cmpord"};
    private static final String[] OTHERS = {
        "comiss", "comisd", "ucomiss", "ucomisd", "haddps", "haddpd", "hsubps", "hsubpd", "addsubps", "addsubpd",
        "dpps_xmm", "dppd_xmm", "cvtps2pd", "cvtpd2ps", "cvtss2sd", "cvtsd2ss", "cvtdq2ps", "cvtpi2ps", "cvtsi2ss",
        "cvtsq2ss", "cvtsq2sd", "cvtps2dq", "cvtpd2dq", "cvttps2dq", "cvttpd2dq", "cvtps2pi", "cvtpd2pi", "cvttps2pi",
        "cvttpd2pi", "cvtss2si", "cvtsd2si", "cvttss2si", "cvttsd2si", "cvtss2sq", "cvtsd2sq", "cvttss2sq",
        "cvttsd2sq"};
    /** ROUNDPS and the like, where the library forgets an earlier inexact result. */
    private static final String[] ROUNDING = {"roundps_xmm", "roundpd_xmm", "roundss_xmm", "roundsd_xmm"};
    /** Approximations, which raise and flag nothing (Intel SDM volume 2, RCPPS and RSQRTPS). */
    private static final String[] SILENT = {"rcpps", "rcpss", "rsqrtps", "rsqrtss"};

    private SimdStubs() {
    }

    static List<Interposition> all() {
        final List<Interposition> stubs = new ArrayList<>();
        for (final String operation : OPERATIONS) {
            for (final String format : FORMATS) {
                stubs.add(judging(operation + format, false));
            }
        }
        for (final String name : OTHERS) {
            stubs.add(judging(name, false));
        }
        for (final String name : ROUNDING) {
            stubs.add(judging(name, true));
        }
        for (final String name : SILENT) {
            final String symbol = symbol(name);
            stubs.add(new Interposition(symbol, (c, originals) -> emitSilent(c, originals.applyAsLong(symbol))));
        }
        return stubs;
    }

    private static String symbol(final String helper) {
        return "helper_" + helper + "_x86_64";
    }

    private static Interposition judging(final String name, final boolean always) {
        final String symbol = symbol(name);
        return new Interposition(symbol, (c, originals) -> emit(c, originals, symbol, always));
    }

    /**
     * {@code (env, destination, …)} or {@code value (env, source)}: of either, 16 bytes at the second argument are put
     * back where an exception is raised, and so are the flags that COMISS writes.
     */
    private static void emit(final CodeBuilder c, final ToLongFunction<String> originals, final String symbol,
            final boolean always) {
        final long original = originals.applyAsLong(symbol);
        final Label judge = c.newLabel("judge");
        final Label unmasked = c.newLabel("unmasked");
        if (!always) {
            c.mov(Reg32.EAX, at(RDI, Env.MXCSR));
            c.not(Reg32.EAX);
            c.test(Reg32.EAX, MASKS);
            c.jcc(Cond.NE, judge);
            Interposition.emitGoOn(c, original);
        }
        c.bind(judge);
        emitCall(c, original);
        c.mov(Reg32.EDX, Reg32.ECX);
        c.and(Reg32.EDX, SAME_FLAGS);
        c.test(Reg32.ECX, FLUSHED);
        final Label notFlushed = c.newLabel("not_flushed");
        c.jcc(Cond.E, notFlushed);
        c.or(Reg32.EDX, FLUSHED_FLAGS);
        c.bind(notFlushed);
        c.mov(Reg32.R8D, at(RDI, Env.MXCSR));
        c.shr(Reg32.R8D, MASKS_SHIFT);
        c.not(Reg32.R8D);
        c.and(Reg32.R8D, Reg32.EDX);
        c.and(Reg32.R8D, EXCEPTIONS);
        c.jcc(Cond.NE, unmasked);
        c.or(Reg32.ECX, at(RSP, OLD_FLAGS));
        c.mov(at(RDI, Env.SSE_FLAGS), Reg8.CL);
        c.add(RSP, FRAME);
        c.ret();
        c.bind(unmasked);
        emitTakeBack(c);
        emitRaise(c, originals);
    }

    /** Calls the helper. Out: rax = what it returned, ecx = what happened in it, rdi = env, the frame on the stack. */
    private static void emitCall(final CodeBuilder c, final long original) {
        c.push(RDI);
        c.push(RSI);
        c.push(at(RDI, Env.CC_SRC));
        c.push(at(RSI, Long.BYTES));
        c.push(at(RSI));
        c.movzx(Reg32.EAX, Width.BYTE, at(RDI, Env.SSE_FLAGS));
        c.push(RAX);
        c.sub(RSP, Long.BYTES);
        c.mov(Width.BYTE, at(RDI, Env.SSE_FLAGS), 0);
        c.mov(R11, original);
        c.call(R11);
        c.mov(RDI, at(RSP, ENV));
        c.movzx(Reg32.ECX, Width.BYTE, at(RDI, Env.SSE_FLAGS));
    }

    /** In: r8d = the exceptions that are not masked, edx = all that came, rdi = env. */
    private static void emitTakeBack(final CodeBuilder c) {
        final Label flag = c.newLabel("flag");
        c.test(Reg32.R8D, BEFORE);
        c.jcc(Cond.E, flag);
        c.and(Reg32.EDX, BEFORE);
        c.bind(flag);
        c.or(at(RDI, Env.MXCSR), Reg32.EDX);
        c.mov(Reg32.ECX, at(RSP, OLD_FLAGS));
        c.mov(at(RDI, Env.SSE_FLAGS), Reg8.CL);
        c.mov(RSI, at(RSP, DESTINATION));
        c.mov(RAX, at(RSP, LOW_HALF));
        c.mov(RCX, at(RSP, HIGH_HALF));
        c.mov(at(RSI), RAX);
        c.mov(at(RSI, Long.BYTES), RCX);
        c.mov(RAX, at(RSP, CONDITION));
        c.mov(at(RDI, Env.CC_SRC), RAX);
    }

    private static void emitRaise(final CodeBuilder c, final ToLongFunction<String> originals) {
        final Label undefined = c.newLabel("undefined");
        c.add(RSP, FRAME);
        c.test(Width.DWORD, at(RDI, CR4), SIMD_EXCEPTIONS_ENABLED);
        c.jcc(Cond.E, undefined);
        Interposition.emitRaise(c, originals, VECTOR);
        c.bind(undefined);
        Interposition.emitRaise(c, originals, INVALID_OPCODE);
    }

    private static void emitSilent(final CodeBuilder c, final long original) {
        c.movzx(Reg32.EAX, Width.BYTE, at(RDI, Env.SSE_FLAGS));
        c.push(RDI);
        c.push(RAX);
        c.sub(RSP, Long.BYTES);
        c.mov(R11, original);
        c.call(R11);
        c.add(RSP, Long.BYTES);
        c.pop(RAX);
        c.pop(RDI);
        c.mov(at(RDI, Env.SSE_FLAGS), Reg8.AL);
        c.ret();
    }
}
