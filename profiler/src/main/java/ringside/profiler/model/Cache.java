package ringside.profiler.model;

import java.util.Arrays;
import java.util.List;

/**
 * One level of a cache, a TLB or a table of branches: sets of places, the least recently used is given up. Keys are
 * numbers of lines, pages or branches.
 *
 * <p>Each place has a time at which what it holds is there: an entry that is still under way is a hit that waits.
 */
final class Cache {
    /** What {@link #fill} answers where a place was empty. */
    static final long NONE = -1;

    private final int ways;
    private static final int NO_MASK = -1;

    private final int sets;
    private final int setMask;
    /** A set's places one behind the other, the one used last first; a key plus 1, 0 for an empty place. */
    private final long[] keys;
    private final long[] there;

    /**
     * Makes an empty one.
     *
     * @param entries a multiple of {@code ways}
     * @param ways    places of a set
     */
    Cache(final int entries, final int ways) {
        final int sets = entries / ways;
        if (ways < 1 || sets < 1 || sets * ways != entries) {
            throw new IllegalArgumentException("a cache has whole sets: entries=" + entries + " ways=" + ways);
        }
        this.ways = ways;
        this.sets = sets;
        setMask = Integer.bitCount(sets) == 1 ? sets - 1 : NO_MASK;
        keys = new long[entries];
        there = new long[entries];
    }

    private int set(final long key) {
        return (setMask != NO_MASK ? (int) key & setMask : (int) Math.floorMod(key, (long) sets)) * ways;
    }

    /**
     * {@return whether an entry is there or under way; it then is the one used last, and first of {@link #time}}
     *
     * @param key of the entry
     */
    boolean use(final long key) {
        final int first = set(key);
        final long wanted = key + 1;
        if (keys[first] == wanted) {
            return true;
        }
        for (int i = first + 1; i < first + ways; i++) {
            if (keys[i] == wanted) {
                final long time = there[i];
                toFront(first, i);
                keys[first] = wanted;
                there[first] = time;
                return true;
            }
        }
        return false;
    }

    /** {@return the cycle from which on the entry is there that was used or filled last in its set} */
    long time(final long key) {
        return there[set(key)];
    }

    /** {@return whether an entry is there or under way, which stays as recently used as it is} */
    boolean has(final long key) {
        final int first = set(key);
        for (int i = first; i < first + ways; i++) {
            if (keys[i] == key + 1) {
                return true;
            }
        }
        return false;
    }

    private void toFront(final int first, final int place) {
        for (int i = place; i > first; i--) {
            keys[i] = keys[i - 1];
            there[i] = there[i - 1];
        }
    }

    /**
     * {@return the key that gives its place up, or {@link #NONE}}
     *
     * @param key  not there
     * @param time from which on it is there
     */
    long fill(final long key, final long time) {
        final int first = set(key);
        final int last = first + ways - 1;
        final long victim = keys[last] - 1;
        toFront(first, last);
        keys[first] = key + 1;
        there[first] = time;
        return victim;
    }

    /** {@return for how many entries it has room} */
    int size() {
        return keys.length;
    }

    /** {@return the keys of all entries, in order} */
    List<Long> held() {
        return Arrays.stream(keys).filter(key -> key != 0).map(key -> key - 1).sorted().boxed().toList();
    }

    /** Empties it. */
    void clear() {
        Arrays.fill(keys, 0);
    }

    /** {@return whether there was such an entry, which there is no longer} */
    boolean drop(final long key) {
        final int first = set(key);
        for (int i = first; i < first + ways; i++) {
            if (keys[i] == key + 1) {
                for (int j = i; j < first + ways - 1; j++) {
                    keys[j] = keys[j + 1];
                    there[j] = there[j + 1];
                }
                keys[first + ways - 1] = 0;
                return true;
            }
        }
        return false;
    }
}
