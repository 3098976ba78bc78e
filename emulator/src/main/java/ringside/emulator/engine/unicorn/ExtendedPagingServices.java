package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import ringside.emulator.engine.EngineCallbacks;
import ringside.emulator.engine.ExtendedPaging;

/**
 * What {@link ExtendedPagingStubs} ask: where in physical memory an access of guest-physical memory goes.
 *
 * <p>There is no way out of the middle of a page walk but an exception, and this is none: an access without a right
 * goes to a page where nothing is, and the machine, which was told, ends the run at the end of the block.
 */
final class ExtendedPagingServices {
    /** The last page below 2^52, behind all RAM and every device. */
    private static final long NOWHERE = 0x000F_FFFF_FFFF_F000L;

    private final UnicornEngine engine;
    private final StubServices services;
    private final EngineCallbacks callbacks;
    private final MemorySegment env;
    private final MemorySegment shared;

    ExtendedPagingServices(final UnicornEngine engine, final StubServices services, final EngineCallbacks callbacks,
            final MemorySegment env, final MemorySegment shared) {
        this.engine = engine;
        this.services = services;
        this.callbacks = callbacks;
        this.env = env;
        this.shared = shared;
    }

    long pointer() {
        return shared.get(JAVA_LONG, Shared.EXTENDED_TABLES);
    }

    /** Exchanges the tables. What the TLB knows is of the old ones. */
    void pointer(final long pointer) {
        shared.set(JAVA_LONG, Shared.EXTENDED_TABLES, pointer);
        engine.flushTranslations();
    }

    /** {@return the physical address of an entry of the guest's page tables} */
    long table(final long guestPhysical, final int rights) {
        final long found = ExtendedPaging.translate(engine.ram(), pointer(), guestPhysical);
        if ((found & rights) != rights) {
            left(guestPhysical, (int) (rights & ~found));
            return NOWHERE;
        }
        return found & ~(long) CodeStubs.PAGE_MASK | guestPhysical & CodeStubs.PAGE_MASK;
    }

    /** {@return a frame with what of the page's rights both kinds of tables give} */
    long page(final long guestPhysical, final int rights) {
        final int needed = 1 << shared.get(JAVA_INT, Shared.ACCESS);
        final long found = ExtendedPaging.translate(engine.ram(), pointer(), guestPhysical);
        if ((found & needed) == 0) {
            left(guestPhysical, needed);
            return NOWHERE | rights;
        }
        return found & (~(long) CodeStubs.PAGE_MASK | rights);
    }

    private void left(final long guestPhysical, final int right) {
        final Block block = services.current();
        callbacks.leftExtendedTables(guestPhysical, Integer.lowestOneBit(right),
                block == null ? Env.linear(env) : block.address());
    }
}
