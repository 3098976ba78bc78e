package ringside.profiler.calibrate;

import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;

/**
 * The host's routine that takes a {@link Sample}: a call to warm up, the chain, the canary, the measured call, the
 * canary, the chain. No Java runs in between, and the snippet has a stack of its own.
 *
 * <p>A time is from LFENCE, RDTSC, LFENCE to RDTSCP, LFENCE: what is timed begins after everything before it and is
 * over when the second time is read (Intel SDM volume 2, RDTSC and RDTSCP).
 */
final class TimerCode {
    /** Rounds of the canary. */
    static final int CANARY_ROUNDS = 1500;
    private static final int CHAIN_ROUNDS = 1000;
    private static final int CHAIN_ADDS = 64;
    /** Cycles of the chain: one for each add. */
    static final long CHAIN_CYCLES = (long) CHAIN_ROUNDS * CHAIN_ADDS;
    private static final int CANARY_ADDS = 48;
    private static final int LINE = 64;
    private static final Reg64[] CALLEE_SAVED = {Reg64.RBX, Reg64.RBP, Reg64.R12, Reg64.R13, Reg64.R14, Reg64.R15};
    private static final Reg64[] CANARY = {Reg64.RAX, Reg64.RDX, Reg64.RBX, Reg64.RBP, Reg64.RSI, Reg64.RDI, Reg64.R8,
        Reg64.R9, Reg64.R10, Reg64.R12, Reg64.R13, Reg64.R14};

    private final CodeBuilder code = new CodeBuilder();
    private int times;

    private TimerCode() {
    }

    /** {@return its machine code, for {@link Stage#TIMER}} */
    static byte[] bytes() {
        final TimerCode timer = new TimerCode();
        timer.whole();
        return timer.code.bytes();
    }

    private void whole() {
        for (final Reg64 register : CALLEE_SAVED) {
            code.push(register);
        }
        code.mov(SnippetEntry.word(Stage.HOST_STACK), Reg64.RSP);
        SnippetEntry.enter(code, Stage.WARM_UP);
        code.call(Reg64.RCX);
        timed(this::chain);
        timed(this::canary);
        timed(() -> {
            SnippetEntry.enter(code, Stage.ITERATIONS);
            code.call(Reg64.RCX);
            SnippetEntry.leave(code);
        });
        timed(this::canary);
        timed(this::chain);
        code.mov(Reg64.RSP, SnippetEntry.word(Stage.HOST_STACK));
        for (int i = CALLEE_SAVED.length - 1; i >= 0; i--) {
            code.pop(CALLEE_SAVED[i]);
        }
        code.ret();
    }

    private void timed(final Runnable work) {
        code.lfence();
        code.rdtsc();
        code.shl(Reg64.RDX, Integer.SIZE);
        code.or(Reg64.RAX, Reg64.RDX);
        code.mov(SnippetEntry.word(Stage.BEGAN), Reg64.RAX);
        code.lfence();
        work.run();
        code.rdtscp();
        code.lfence();
        code.shl(Reg64.RDX, Integer.SIZE);
        code.or(Reg64.RAX, Reg64.RDX);
        code.sub(Reg64.RAX, SnippetEntry.word(Stage.BEGAN));
        code.mov(SnippetEntry.word(Stage.TIMES + times++ * Long.BYTES), Reg64.RAX);
    }

    private void chain() {
        code.xor(Reg32.EAX, Reg32.EAX);
        rounds(CHAIN_ROUNDS, () -> {
            for (int i = 0; i < CHAIN_ADDS; i++) {
                code.add(Reg64.RAX, 1);
            }
        });
    }

    private void canary() {
        rounds(CANARY_ROUNDS, () -> {
            for (int i = 0; i < CANARY_ADDS; i++) {
                code.add(CANARY[i % CANARY.length], 1);
            }
        });
    }

    private void rounds(final int count, final Runnable body) {
        code.mov(Reg32.ECX, count);
        code.align(LINE);
        final Label again = code.here();
        body.run();
        code.dec(Reg32.ECX);
        code.jcc(Cond.NE, again);
    }
}
