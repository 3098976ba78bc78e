package ringside.emulator.engine.unicorn;

import ringside.emulator.engine.GuestPaging;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;

/**
 * The pages that a CPU's TLB has. The stubs tell of each that is entered; of what is there when somebody begins to
 * listen, or when a CPU takes up a state, observers hear from here, before it goes on.
 */
final class KnownPages implements Stateful {
    private final UnicornEngine engine;
    private final EventPump pump;
    private final Tlb tlb;
    private boolean untold;

    KnownPages(final UnicornEngine engine, final EventPump pump, final Tlb tlb) {
        this.engine = engine;
        this.pump = pump;
        this.tlb = tlb;
    }

    /** Others listen now. */
    void observed() {
        untold = pump.wantsTranslations();
    }

    /** Tells what is there and was not told. A page whose entries have changed meanwhile is left out. */
    void tell() {
        if (untold) {
            untold = false;
            tlb.forEach((virtual, physical) -> GuestPaging.lookUp(engine, virtual)
                    .filter(found -> found.frame() == physical >>> CodeStubs.PAGE_SHIFT)
                    .ifPresent(pump::tellTranslation));
        }
    }

    @Override
    public void save(final StateWriter out) {
        tlb.save(out);
    }

    @Override
    public void load(final StateReader in) {
        tlb.load(in);
        observed();
    }
}
