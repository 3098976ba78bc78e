package ringside.profiler.model;

import java.util.Arrays;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.event.Translation;

/**
 * What a CPU's page tables said last of each page, by the page's number. Told again it changes nothing, so it does not
 * matter how often the machine tells it. A page has a slot until the next {@link #learn}, which may move it.
 *
 * <p>A guest may map any number of pages. Those beyond {@link #MOST} are never learnt, rather than others forgotten:
 * else it would matter after all how often pages are told.
 */
final class KnownPages {
    /** The most entries of a walk. */
    static final int LEVELS = 4;
    /** The most pages. */
    static final int MOST = 1 << 19;
    private static final long EMPTY = MachineObserver.UNKNOWN_PAGE;
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;
    private static final int FIRST_BITS = 8;
    private static final int PAGE_BITS = 12;

    private int shift = Long.SIZE - FIRST_BITS;
    private int count;
    private long[] pages;
    private long[] frames;
    private long[] entries;
    private byte[] levels;
    private byte[] sizes;
    private int[] spaces;
    private int[] tables;
    private int[] dataPlaces;
    private int[] codePlaces;

    KnownPages() {
        make(1 << FIRST_BITS);
    }

    private void make(final int places) {
        pages = new long[places];
        Arrays.fill(pages, EMPTY);
        frames = new long[places];
        entries = new long[places * LEVELS];
        levels = new byte[places];
        sizes = new byte[places];
        spaces = new int[places];
        tables = new int[places];
        dataPlaces = new int[places];
        codePlaces = new int[places];
    }

    /** {@return a page's slot, or a negative number} */
    int find(final long page) {
        int at = (int) (page * MULTIPLIER >>> shift);
        while (pages[at] != page) {
            if (pages[at] == EMPTY) {
                return -1;
            }
            at = at + 1 & pages.length - 1;
        }
        return page == EMPTY ? -1 : at;
    }

    /**
     * Takes up what the tables say of a page.
     *
     * @param told  of it
     * @param space number of the space that it is translated in
     * @param table number of the space that its page tables are of
     */
    void learn(final Translation told, final int space, final int table) {
        if (find(told.page()) < 0) {
            if (count == MOST) {
                return;
            }
            if (2 * count >= pages.length) {
                grow();
            }
        }
        final int slot = take(told.page());
        frames[slot] = told.frame();
        levels[slot] = (byte) Math.min(LEVELS, told.entries().length);
        for (int i = 0; i < levels[slot]; i++) {
            entries[slot * LEVELS + i] = told.entries()[i];
        }
        final int size = Math.min(Tlb.SIZES - 1,
                (Long.numberOfTrailingZeros(told.size()) - PAGE_BITS) / Tlb.SIZE_BITS);
        if (size != sizes[slot]) {
            dataPlaces[slot] = 0;
            codePlaces[slot] = 0;
        }
        sizes[slot] = (byte) size;
        spaces[slot] = space;
        tables[slot] = table;
    }

    private int take(final long page) {
        int at = (int) (page * MULTIPLIER >>> shift);
        while (pages[at] != page && pages[at] != EMPTY) {
            at = at + 1 & pages.length - 1;
        }
        count += pages[at] == page ? 0 : 1;
        pages[at] = page;
        return at;
    }

    private void grow() {
        final KnownPages old = new KnownPages();
        old.takeOver(this);
        shift--;
        count = 0;
        make(2 * old.pages.length);
        for (int from = 0; from < old.pages.length; from++) {
            if (old.pages[from] != EMPTY) {
                final int to = take(old.pages[from]);
                frames[to] = old.frames[from];
                System.arraycopy(old.entries, from * LEVELS, entries, to * LEVELS, LEVELS);
                levels[to] = old.levels[from];
                sizes[to] = old.sizes[from];
                spaces[to] = old.spaces[from];
                tables[to] = old.tables[from];
                dataPlaces[to] = old.dataPlaces[from];
                codePlaces[to] = old.codePlaces[from];
            }
        }
    }

    private void takeOver(final KnownPages other) {
        pages = other.pages;
        frames = other.frames;
        entries = other.entries;
        levels = other.levels;
        sizes = other.sizes;
        spaces = other.spaces;
        tables = other.tables;
        dataPlaces = other.dataPlaces;
        codePlaces = other.codePlaces;
    }

    long frame(final int slot) {
        return frames[slot];
    }

    /** {@return how many entries a walk reads; none where there is no paging} */
    int levels(final int slot) {
        return levels[slot];
    }

    /** {@return the physical address of an entry, the root's first} */
    long entry(final int slot, final int level) {
        return entries[slot * LEVELS + level];
    }

    /** {@return its size, as in {@link Tlb#key}} */
    int size(final int slot) {
        return sizes[slot];
    }

    int space(final int slot) {
        return spaces[slot];
    }

    int tables(final int slot) {
        return tables[slot];
    }

    /** {@return the place in the first TLB where it was found last} */
    int place(final int slot, final boolean code) {
        return code ? codePlaces[slot] : dataPlaces[slot];
    }

    void place(final int slot, final boolean code, final int place) {
        (code ? codePlaces : dataPlaces)[slot] = place;
    }
}
