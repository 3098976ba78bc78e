package ringside.profiler.model;

/**
 * Walks page tables: reads the entries of a page, the root's first, through the caches. Entries of the upper levels are
 * remembered by what they map, so a walk begins behind the lowest that is known; a few walks go on at a time.
 */
final class PageWalker {
    /** Where an entry's line is read. */
    @FunctionalInterface
    interface Lines {
        /** {@return the cycle in which a line is there} */
        long load(long line, long cycle);
    }

    private static final int LINE_SHIFT = 6;
    /** Assumed: nobody says how the caches of upper levels are built. */
    static final int WAYS = 4;

    private final Lines lines;
    private final Tlb[] upper = new Tlb[KnownPages.LEVELS];
    private final TimeRing walks;
    private final int step;
    private final boolean remembers;
    private final Spaces spaces;

    PageWalker(final Microarchitecture.Translation shape, final Spaces spaces, final Lines lines) {
        this.lines = lines;
        this.spaces = spaces;
        for (int i = 1; i < upper.length; i++) {
            upper[i] = new Tlb(Math.max(1, shape.walk()), WAYS, spaces);
        }
        remembers = shape.walk() > 0;
        walks = new TimeRing(shape.walks());
        step = shape.step();
    }

    /**
     * {@return the cycle in which a page's translation is known}
     *
     * @param known pages
     * @param slot  of the page
     * @param page  its number
     * @param cycle in which it is looked for
     */
    long walk(final KnownPages known, final int slot, final long page, final long cycle) {
        final int last = known.levels(slot) - 1;
        final int tag = spaces.tag(known.tables(slot));
        long now = Math.max(cycle, walks.available());
        int level = remembers ? last : 0;
        // Entry i maps the 512-fold of what entry i + 1 does.
        while (remembers && level > 0) {
            final int above = known.size(slot) + last - level + 1;
            final int place = above < upper.length ? upper[above].find(key(page, tag, above)) : -1;
            if (place >= 0) {
                now = Math.max(now, upper[above].there(place));
                break;
            }
            level--;
        }
        for (; level <= last; level++) {
            now = lines.load(known.entry(slot, level) >>> LINE_SHIFT, now) + step;
            final int maps = known.size(slot) + last - level;
            if (level < last && maps < upper.length) {
                upper[maps].fill(key(page, tag, maps), now);
            }
        }
        walks.take(now);
        return now;
    }

    private static long key(final long page, final int tag, final int maps) {
        return Tlb.key(page >> Tlb.SIZE_BITS * maps, tag, 0);
    }

    /** Forgets what it remembers. */
    void clear() {
        for (int i = 1; i < upper.length; i++) {
            upper[i].clear();
        }
    }
}
