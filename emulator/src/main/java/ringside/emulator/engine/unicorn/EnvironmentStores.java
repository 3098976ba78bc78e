package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;

/**
 * FNSTENV masks all x87 exceptions when it has stored (Intel SDM volume 2, FSTENV), which the library does not. Its
 * store may fault, so no stub can stand around the helper: what became of it is looked at before anything else runs.
 */
final class EnvironmentStores {
    private final UnicornEngine engine;
    private final MemorySegment env;
    private boolean storing;
    private long place;

    EnvironmentStores(final UnicornEngine engine, final MemorySegment env) {
        this.engine = engine;
        this.env = env;
    }

    /** The instruction at RIP, an FNSTENV, is about to run. */
    void stores() {
        storing = true;
        place = env.get(JAVA_LONG, Env.EIP);
        engine.demandAttention();
    }

    /** It has been done by now, or RIP is its own still: it has faulted, or will be done again. */
    void settle() {
        if (storing && env.get(JAVA_LONG, Env.EIP) != place) {
            final int control = env.get(JAVA_SHORT, Env.X87_CONTROL) | X87Stubs.EXCEPTIONS;
            env.set(JAVA_SHORT, Env.X87_CONTROL, (short) control);
        }
        storing = false;
    }
}
