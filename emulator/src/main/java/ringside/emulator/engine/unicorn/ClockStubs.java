package ringside.emulator.engine.unicorn;

import static ringside.toolchain.codegen.Mem.at;
import static ringside.toolchain.codegen.Reg64.R8;
import static ringside.toolchain.codegen.Reg64.R9;
import static ringside.toolchain.codegen.Reg64.RDI;

import java.util.List;
import java.util.function.ToLongFunction;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Width;

/**
 * The library's clock, which stands still: it sizes the TLB by how long ago it was full, and a TLB's size decides which
 * entries push each other out, which a guest can see where it changes its page tables and invalidates nothing.
 */
final class ClockStubs {
    /** The regimes are looked at for tables that grew too large once in so many flushes. */
    private static final int FLUSHES_BETWEEN_LOOKS = 1024;

    private ClockStubs() {
    }

    static List<Interposition> all() {
        return List.of(new Interposition("gettimeofday", (c, originals) -> emitNoon(c)),
                new Interposition("tlb_flush_by_mmuidx_x86_64", ClockStubs::emitFlush),
                new Interposition("tlb_flush_page_by_mmuidx_x86_64", ClockStubs::emitFlushPage));
    }

    private static void emitFlush(final CodeBuilder c, final ToLongFunction<String> originals) {
        emitSizing(c);
        Interposition.emitGoOn(c, originals.applyAsLong("tlb_flush_by_mmuidx_x86_64"));
    }

    private static void emitFlushPage(final CodeBuilder c, final ToLongFunction<String> originals) {
        emitSizing(c);
        Interposition.emitGoOn(c, originals.applyAsLong("tlb_flush_page_by_mmuidx_x86_64"));
    }

    /**
     * Before a flush, which may resize: keeps tables from growing without end, and lets the library's window of time
     * pass now and then, so that a table shrinks again to what is used. In: rdi = cpu; rdi, rsi, rdx are kept.
     */
    private static void emitSizing(final CodeBuilder c) {
        final Label done = c.newLabel("done");
        Interposition.emitEnvOfCpu(c, R9, RDI);
        c.mov(R8, at(R9, Env.SHARED));
        c.test(R8, R8);
        c.jcc(Cond.E, done);
        for (int regime = 0; regime < Tlb.REGIMES; regime++) {
            final Label small = c.newLabel();
            final int figures = Tlb.FIGURES + regime * Tlb.FIGURES_BYTES;
            c.cmp(Width.QWORD, at(R9, Tlb.TABLES + regime * Tlb.TABLES_BYTES),
                    (1 << Tlb.MOST_ENTRIES_SHIFT) - 1 << Tlb.ENTRY_SHIFT);
            c.jcc(Cond.B, small);
            c.mov(Width.QWORD, at(R9, figures + Tlb.ENTRIES_USED), 0);
            c.mov(Width.QWORD, at(R9, figures + Tlb.WINDOW_MOST), 0);
            c.bind(small);
        }
        c.inc(Width.QWORD, at(R8, Shared.TLB_FLUSHES));
        c.test(Width.DWORD, at(R8, Shared.TLB_FLUSHES), FLUSHES_BETWEEN_LOOKS - 1);
        c.jcc(Cond.NE, done);
        for (int regime = 0; regime < Tlb.REGIMES; regime++) {
            c.mov(Width.QWORD, at(R9, Tlb.FIGURES + regime * Tlb.FIGURES_BYTES + Tlb.WINDOW_BEGIN), 0);
        }
        c.bind(done);
    }

    /** {@code int (seconds and microseconds, zone)}: always the same. */
    private static void emitNoon(final CodeBuilder c) {
        c.mov(Width.QWORD, at(RDI), 1);
        c.mov(Width.QWORD, at(RDI, Long.BYTES), 0);
        c.xor(Reg32.EAX, Reg32.EAX);
        c.ret();
    }
}
