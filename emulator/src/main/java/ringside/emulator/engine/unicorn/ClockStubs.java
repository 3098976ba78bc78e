package ringside.emulator.engine.unicorn;

import static ringside.toolchain.codegen.Mem.at;
import static ringside.toolchain.codegen.Reg64.RDI;

import java.util.List;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Width;

/**
 * The library's clock, which stands still: it sizes the TLB by how long ago it was full, and a TLB's size decides which
 * entries push each other out, which a guest can see where it changes its page tables and invalidates nothing.
 */
final class ClockStubs {
    private ClockStubs() {
    }

    static List<Interposition> all() {
        return List.of(new Interposition("gettimeofday", (c, originals) -> emitNoon(c)));
    }

    /** {@code int (seconds and microseconds, zone)}: always the same. */
    private static void emitNoon(final CodeBuilder c) {
        c.mov(Width.QWORD, at(RDI), 1);
        c.mov(Width.QWORD, at(RDI, Long.BYTES), 0);
        c.xor(Reg32.EAX, Reg32.EAX);
        c.ret();
    }
}
