package ringside.profiler.model;

import java.util.List;

/**
 * What a core's caches and TLBs hold, to be looked at.
 *
 * @param caches from the first to the last, which all cores share
 * @param tlbs   from the first to the last
 */
public record CoreContents(List<Level> caches, List<Pages> tlbs) {
    /** Copies the lists. */
    public CoreContents {
        caches = List.copyOf(caches);
        tlbs = List.copyOf(tlbs);
    }

    /**
     * A cache.
     *
     * @param name  of it
     * @param lines for how many it has room
     * @param held  physical addresses of those that are there or under way
     */
    public record Level(String name, int lines, List<Long> held) {
        /** Copies the list. */
        public Level {
            held = List.copyOf(held);
        }
    }

    /**
     * A TLB.
     *
     * @param name    of it
     * @param entries for how many it has room, of all sizes
     * @param held    pages that it translates, of all address spaces
     */
    public record Pages(String name, int entries, List<Page> held) {
        /** Copies the list. */
        public Pages {
            held = List.copyOf(held);
        }
    }

    /**
     * A page.
     *
     * @param address virtual
     * @param bytes   4 KiB, 2 MiB or 1 GiB
     */
    public record Page(long address, long bytes) {
    }
}
