package ringside.emulator.pages;

import java.util.BitSet;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import ringside.emulator.memory.GuestRam;
import ringside.emulator.memory.HostMemoryException;

/**
 * Knows the pages of a machine's RAM as they last were, so that taking and restoring cost what changed since.
 *
 * <p>It is the one who begins epochs of its {@link GuestRam}.
 */
public final class RamTracker {
    private final GuestRam ram;
    private CompletableFuture<PageMap> last;

    /**
     * Tracks RAM from its beginning.
     *
     * @param ram all zeros but for what its dirty pages name
     */
    public RamTracker(final GuestRam ram) {
        this.ram = Objects.requireNonNull(ram, "ram");
        last = CompletableFuture.completedFuture(PageMap.zeros(ram.size()));
    }

    /** {@return RAM as it is; the map may be made while the guest runs on, and who asks for it waits for it} */
    public Supplier<PageMap> take() {
        final BitSet changed = ram.dirty().all();
        final int pages = changed.cardinality();
        if (pages < ComingMaps.FEWEST || pages > ComingMaps.MOST || last.isCompletedExceptionally()) {
            last = CompletableFuture.completedFuture(known(changed).next(ram.segment(), changed));
        } else {
            last = ComingMaps.next(last, ram.segment(), changed);
        }
        ram.beginEpoch();
        final CompletableFuture<PageMap> coming = last;
        return () -> made(coming);
    }

    /** {@return the last map; when the host had no memory for it, an empty one, from which all pages may differ} */
    private PageMap known(final BitSet changed) {
        try {
            return made(last);
        } catch (final HostMemoryException | OutOfMemoryError lost) {
            changed.set(0, (int) (ram.size() / GuestRam.PAGE));
            return PageMap.zeros(ram.size());
        }
    }

    private static PageMap made(final CompletableFuture<PageMap> coming) {
        try {
            return coming.join();
        } catch (final CompletionException failed) {
            switch (failed.getCause()) {
                case final RuntimeException reason -> throw reason;
                case final Error reason -> throw reason;
                default -> throw failed;
            }
        }
    }

    /**
     * Makes RAM what it was; CPUs forget what they translated from pages that differ.
     *
     * @param wanted of RAM of the same size
     */
    public void restore(final PageMap wanted) {
        if (wanted.bytes() != ram.size()) {
            throw new IllegalArgumentException("RAM of another size: bytes=" + wanted.bytes() + " here=" + ram.size());
        }
        final BitSet changed = ram.dirty().all();
        changed.or(known(changed).differences(wanted));
        wanted.copyTo(ram, changed);
        ram.beginEpoch();
        last = CompletableFuture.completedFuture(wanted);
    }

    /** Makes RAM all zeros. */
    public void clear() {
        restore(PageMap.zeros(ram.size()));
    }
}
