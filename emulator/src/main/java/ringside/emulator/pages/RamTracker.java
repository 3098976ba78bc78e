package ringside.emulator.pages;

import java.util.BitSet;
import java.util.Objects;
import ringside.emulator.memory.GuestRam;

/**
 * Knows the pages of a machine's RAM as they last were, so that taking and restoring cost what changed since.
 *
 * <p>It is the one who begins epochs of its {@link GuestRam}.
 */
public final class RamTracker {
    private final GuestRam ram;
    private PageMap last;

    /**
     * Tracks RAM from its beginning.
     *
     * @param ram all zeros but for what its dirty pages name
     */
    public RamTracker(final GuestRam ram) {
        this.ram = Objects.requireNonNull(ram, "ram");
        last = PageMap.zeros(ram.size());
    }

    /** {@return RAM as it is} */
    public PageMap take() {
        last = last.next(ram.segment(), ram.dirty().all());
        ram.beginEpoch();
        return last;
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
        changed.or(last.differences(wanted));
        wanted.copyTo(ram, changed);
        ram.beginEpoch();
        last = wanted;
    }

    /** Makes RAM all zeros. */
    public void clear() {
        restore(PageMap.zeros(ram.size()));
    }
}
