package ringside.profiler.model;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A level of TLBs: one for each size of pages, or one for all. A page of a size that it has no entries for is held in
 * parts of the next smaller size, as processors do it.
 *
 * <p>Where the sizes share entries, each may take all of them: that fewer fit of a large size on some makes is left
 * out, and so are the sixteen entries for 1 GiB pages that Skylake has apart in its second level.
 */
final class TlbLevel {
    private final Tlb[] ofSize = new Tlb[Tlb.SIZES];
    private final int[] heldAs = new int[Tlb.SIZES];
    private final int latency;

    TlbLevel(final Microarchitecture.Tlb shape, final Spaces spaces) {
        final int[] entries = {shape.entries4k(), shape.entries2m(), shape.entries1g()};
        for (int i = 0; i < Tlb.SIZES; i++) {
            if (entries[i] > 0) {
                ofSize[i] = shape.shared() && i > 0 ? ofSize[0] : new Tlb(entries[i], shape.ways(), spaces);
                heldAs[i] = i;
            } else {
                heldAs[i] = i == 0 ? 0 : heldAs[i - 1];
            }
        }
        latency = shape.latency();
    }

    /** {@return what a hit adds} */
    CoreContents.Pages contents(final String name) {
        final List<Tlb> apart = Arrays.stream(ofSize).filter(Objects::nonNull).distinct().toList();
        return new CoreContents.Pages(name, apart.stream().mapToInt(Tlb::size).sum(),
                apart.stream().flatMap(tlb -> tlb.held().stream()).toList());
    }

    int latency() {
        return latency;
    }

    /** {@return the one that has pages of a size} */
    Tlb of(final int size) {
        return ofSize[heldAs[size]];
    }

    /** {@return the key of a page of a size in it} */
    long key(final long page, final int tag, final int size) {
        return Tlb.key(page, tag, heldAs[size]);
    }

    /** Forgets the entry of a page, whatever its size. */
    void drop(final long page, final int tag) {
        for (int size = 0; size < Tlb.SIZES; size++) {
            of(size).drop(key(page, tag, size));
        }
    }

    /** Forgets everything. */
    void clear() {
        for (int size = 0; size < Tlb.SIZES; size++) {
            of(size).clear();
        }
    }
}
