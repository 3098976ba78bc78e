package ringside.profiler.model;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * One level of a TLB, for pages of one size or of several that share its places: sets of places, of which one that was
 * dropped is given up first and then the least recently used.
 *
 * <p>A key is a page's number in units of its size, the tag of its space and its size. Whoever remembers the place that
 * he found a key in asks {@link #holds} and needs no search.
 */
final class Tlb {
    static final int SIZES = 3;
    /** Bits of a page's number from one size to the next. */
    static final int SIZE_BITS = 9;
    private static final int SIZE_FIELD = 2;
    private static final int PAGE_SHIFT = Spaces.TAG_BITS + SIZE_FIELD;
    private static final long PAGE_MASK = -1L >>> PAGE_SHIFT + 1;
    private static final long EMPTY = -1;
    private static final int OFFSET_BITS = 12;
    /** Of a virtual address; those above are copies of the highest one. */
    private static final int ADDRESS_BITS = 48;

    private final Spaces spaces;
    private final int ways;
    private final int sets;
    private final long[] keys;
    private final long[] used;
    private final long[] there;
    private long uses;

    /**
     * Makes an empty one.
     *
     * @param entries a multiple of {@code ways}, or fewer than these: then any page may be anywhere
     * @param ways    places of a set
     * @param spaces  say which tags are dead
     */
    Tlb(final int entries, final int ways, final Spaces spaces) {
        this.spaces = spaces;
        this.ways = Math.min(ways, entries);
        sets = entries / this.ways;
        keys = new long[sets * this.ways];
        used = new long[keys.length];
        there = new long[keys.length];
        clear();
    }

    /**
     * {@return a key}
     *
     * @param page virtual, number of 4096 bytes
     * @param tag  of its space
     * @param size 0 for 4 KiB, 1 for 2 MiB, 2 for 1 GiB
     */
    static long key(final long page, final int tag, final int size) {
        return (page >> SIZE_BITS * size & PAGE_MASK) << PAGE_SHIFT | (long) tag << SIZE_FIELD | size;
    }

    /** {@return for how many pages it has room} */
    int size() {
        return keys.length;
    }

    /** {@return what it translates, by address} */
    List<CoreContents.Page> held() {
        return Arrays.stream(keys).filter(key -> key != EMPTY
                && !spaces.isDead((int) (key >>> SIZE_FIELD) & (1 << Spaces.TAG_BITS) - 1)).mapToObj(Tlb::page)
                .sorted(Comparator.comparing(CoreContents.Page::address, Long::compareUnsigned)).toList();
    }

    private static CoreContents.Page page(final long key) {
        final int shift = OFFSET_BITS + SIZE_BITS * (int) (key & (1 << SIZE_FIELD) - 1);
        final int above = Long.SIZE - ADDRESS_BITS;
        return new CoreContents.Page(key >>> PAGE_SHIFT << shift << above >> above, 1L << shift);
    }

    private int first(final long key) {
        final int page = (int) (key >>> PAGE_SHIFT);
        return (Integer.bitCount(sets) == 1 ? page & sets - 1 : Integer.remainderUnsigned(page, sets)) * ways;
    }

    /** {@return whether a place still has a key; it then is the one used last} */
    boolean holds(final int place, final long key) {
        if (keys[place] != key) {
            return false;
        }
        used[place] = ++uses;
        return true;
    }

    /** {@return the place of a key, which then is the one used last, or a negative number} */
    int find(final long key) {
        final int first = first(key);
        for (int i = first; i < first + ways; i++) {
            if (keys[i] == key) {
                used[i] = ++uses;
                return i;
            }
        }
        return -1;
    }

    /** {@return the cycle from which on the entry of a place is there} */
    long there(final int place) {
        return there[place];
    }

    /** {@return the place that a key, not there yet, is put into} */
    int fill(final long key, final long time) {
        final int first = first(key);
        int place = first;
        for (int i = first; i < first + ways; i++) {
            if (keys[i] == EMPTY || spaces.isDead((int) (keys[i] >>> SIZE_FIELD) & (1 << Spaces.TAG_BITS) - 1)) {
                place = i;
                break;
            }
            if (used[i] < used[place]) {
                place = i;
            }
        }
        keys[place] = key;
        used[place] = ++uses;
        there[place] = time;
        return place;
    }

    /** Forgets a key. */
    void drop(final long key) {
        final int first = first(key);
        for (int i = first; i < first + ways; i++) {
            if (keys[i] == key) {
                keys[i] = EMPTY;
            }
        }
    }

    /** Forgets everything. */
    void clear() {
        Arrays.fill(keys, EMPTY);
    }
}
