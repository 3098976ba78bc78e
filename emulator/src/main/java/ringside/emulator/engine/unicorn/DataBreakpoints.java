package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/**
 * Breakpoints on data (Intel SDM volume 3, 17.2.4 and 17.3.1.2), of which the library has the places in its TLB and
 * nothing behind them.
 *
 * <p>An access to a page with a breakpoint asks here. One that hits ends its block; the instruction is done again in a
 * block of its own, and #DB comes when that block has ended: behind the instruction, as a trap.
 */
final class DataBreakpoints {
    /** Kinds of access, and what may be asked for on a page. */
    static final int READ = 1;
    static final int WRITE = 2;

    /** Answers to the stub: to go on; to end the block and do the instruction again. */
    static final int GO_ON = 0;
    static final int AGAIN = 1;

    private static final int BREAKPOINTS = 4;
    private static final int DR6 = 6;
    private static final int DR7 = 7;
    private static final long DR6_HITS = 0xF;
    private static final int TYPES_FROM = 16;
    private static final int ON_WRITE = 1;
    private static final int ON_ACCESS = 3;
    private static final int PAGE = 4096;

    private final UnicornEngine engine;
    private final StubServices services;
    private final MemorySegment env;
    private final MemorySegment shared;
    private final GuestInstruction instruction = new GuestInstruction();
    private final long[] watched = new long[BREAKPOINTS + 1];
    /** What the instruction that is being done again, or an exception's delivery, has hit. */
    private long hits;
    private boolean again;
    /** Whether what was hit waits, or has waited, for the instruction behind a load of SS. */
    private boolean waiting;

    DataBreakpoints(final UnicornEngine engine, final StubServices services, final MemorySegment env,
            final MemorySegment shared) {
        this.engine = engine;
        this.services = services;
        this.env = env;
        this.shared = shared;
    }

    private long debug(final int register) {
        return env.get(JAVA_LONG, Env.DR + (long) register * Long.BYTES);
    }

    /** Takes up what the registers say, where somebody else wrote them. */
    void refresh() {
        change(DR7, debug(DR7));
    }

    /** Takes up what the registers will say when one has a new value. */
    void change(final int register, final long value) {
        boolean changed = false;
        long control = register == DR7 ? value : debug(DR7);
        boolean any = false;
        for (int i = 0; i < BREAKPOINTS; i++) {
            final boolean on = type(control, i) != 0 && enabled(control, i);
            any |= on;
            final long address = register == i ? value : debug(i);
            changed |= on && watched[i] != address;
            watched[i] = address;
        }
        control = any ? control : 0;
        changed |= watched[BREAKPOINTS] != control;
        watched[BREAKPOINTS] = control;
        if (changed) {
            shared.set(JAVA_LONG, Shared.WATCHING, any ? 1 : 0);
            engine.flushTranslations();
        }
    }

    private static boolean enabled(final long control, final int breakpoint) {
        return (control >>> 2 * breakpoint & 3) != 0;
    }

    /** {@return the kinds of access that a breakpoint is on, 0 for one that is not on data} */
    private static int type(final long control, final int breakpoint) {
        return switch ((int) (control >>> TYPES_FROM + 4 * breakpoint) & 3) {
            case ON_WRITE -> WRITE;
            case ON_ACCESS -> READ | WRITE;
            default -> 0;
        };
    }

    private static int length(final long control, final int breakpoint) {
        final int code = (int) (control >>> TYPES_FROM + 4 * breakpoint + 2) & 3;
        return code == 2 ? Long.BYTES : code + 1;
    }

    /** {@return which kinds of access to a page are to ask} */
    int onPage(final long page) {
        final long control = watched[BREAKPOINTS];
        int kinds = 0;
        for (int i = 0; i < BREAKPOINTS; i++) {
            if (enabled(control, i) && (watched[i] & -PAGE) == page) {
                kinds |= type(control, i);
            }
        }
        return kinds;
    }

    /**
     * An access to such a page.
     *
     * @param address linear
     * @param size    bytes
     * @param kind    {@link #READ} or {@link #WRITE}
     * @param inside  whether an instruction does it, and not an exception's delivery
     * @return {@link #GO_ON} or {@link #AGAIN}
     */
    int access(final long address, final long size, final int kind, final boolean inside) {
        if (inside && !again) {
            return hit(address, size, kind) != 0 ? AGAIN : GO_ON;
        }
        final int split = engine.splitAccess();
        final boolean widened = inside && split != 0 && kind == READ && readInstruction();
        final long hit = widened ? hit(operand(), split, kind) : hit(address, size, kind);
        if (hit != 0) {
            hits |= hit;
            engine.demandAttention();
        }
        return GO_ON;
    }

    /** {@return a bit for each breakpoint that an access hits, enabled or not; 0 where it hits no enabled one} */
    private long hit(final long address, final long size, final int kind) {
        final long control = watched[BREAKPOINTS];
        long hit = 0;
        boolean counts = false;
        for (int i = 0; i < BREAKPOINTS; i++) {
            final long length = length(control, i);
            final long from = watched[i] & -length;
            if ((type(control, i) & kind) != 0 && address < from + length && from < address + size) {
                hit |= 1L << i;
                counts |= enabled(control, i);
            }
        }
        return counts ? hit : 0;
    }

    // The library reads an unaligned operand as two aligned ones, which together are more.
    private boolean readInstruction() {
        final int length = services.decoder().readCode(engine, Env.linear(env), instruction.code());
        return instruction.parse(length, Env.codeBits(env)) && instruction.memory();
    }

    private long operand() {
        final Block block = services.current();
        return instruction.address(env, block == null ? 0 : block.address() + block.size() - Env.codeBase(env));
    }

    /** RIP is the instruction's: what the running block has not done is taken back. */
    void doAgain() {
        final Block block = services.current();
        if (block != null) {
            services.cut(block, block.before(Env.linear(env)));
        }
        again = true;
        engine.cpuObject().set(JAVA_INT, Env.CPU_NEXT_BLOCK, 1);
    }

    /** {@return whether #DB is due in front of the block that is about to start} */
    boolean due() {
        return hits != 0;
    }

    /**
     * {@return whether #DB is to come one instruction later, for a load of SS has raised it} So it is with interrupts
     * (Intel SDM volume 3, 6.8.3), and STI, behind which they wait as well, hits nothing.
     */
    boolean waits() {
        final boolean first = !waiting;
        waiting = (env.get(JAVA_INT, Env.HFLAGS) & Env.HF_INHIBIT_IRQ) != 0;
        return first && waiting;
    }

    /** What was hit goes into DR6; nothing is due any more. */
    void deliver() {
        if (hits != 0) {
            env.set(JAVA_LONG, Env.DR + DR6 * Long.BYTES, debug(DR6) & ~DR6_HITS | hits | debug(DR6) & stepped());
        }
        forget();
    }

    /** The execution breakpoints that the library has just put into DR6 together with a single step stay. */
    private long stepped() {
        return shared.get(JAVA_LONG, Shared.STEPPED) != 0 ? DR6_HITS : 0;
    }

    /** Nothing is due: the instruction faulted, or the run goes on elsewhere. */
    void forget() {
        hits = 0;
        again = false;
        waiting = false;
    }
}
