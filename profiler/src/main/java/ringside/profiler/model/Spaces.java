package ringside.profiler.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What translations are tagged with: each process-context identifier under each set of extended page tables, and apart
 * from them what is global under these. A space whose translations are dropped gets another tag, so that nothing has
 * to be searched, and entries of the old one are free places.
 *
 * <p>A guest may make any number. Those beyond {@link #MOST} are one, which whatever drops a space drops, too.
 */
final class Spaces {
    /** Tags have so many bits. */
    static final int TAG_BITS = 25;
    /** The most spaces: twice as many as there are identifiers. */
    static final int MOST = 1 << 13;
    private static final int GLOBAL = -1;
    private static final Kind OTHERS = new Kind(-2, 0);

    private final Map<Kind, Integer> numbers = new HashMap<>();
    private final List<Kind> kinds = new ArrayList<>();
    private final BitSet dead = new BitSet();
    private int[] tags = new int[16];
    private int next;
    private Kind latest;
    private int latestNumber;

    /** {@return the number of a space, for good} */
    int number(final int space, final long extended, final boolean global) {
        final int of = global ? GLOBAL : space;
        if (latest == null || latest.space != of || latest.extended != extended) {
            latest = new Kind(of, extended);
            latestNumber = numbers.getOrDefault(latest, MOST - 1);
            if (kinds.size() < MOST && !numbers.containsKey(latest)) {
                latestNumber = add(kinds.size() == MOST - 1 ? OTHERS : latest);
            }
        }
        return latestNumber;
    }

    private int add(final Kind kind) {
        numbers.put(kind, kinds.size());
        kinds.add(kind);
        if (kinds.size() > tags.length) {
            tags = Arrays.copyOf(tags, 2 * tags.length);
        }
        tags[kinds.size() - 1] = next++;
        return kinds.size() - 1;
    }

    /** {@return the tag of its translations from now on} */
    int tag(final int number) {
        return tags[number];
    }

    /** {@return whether translations with a tag were dropped} */
    boolean isDead(final int tag) {
        return dead.get(tag);
    }

    /** {@return whether it is of an identifier or global, and so what INVLPG may be about} */
    boolean isOf(final int number, final int space) {
        return isIn(number, space) || kinds.get(number).space == GLOBAL;
    }

    private boolean isIn(final int number, final int space) {
        return kinds.get(number).space == space || kinds.get(number) == OTHERS;
    }

    int size() {
        return kinds.size();
    }

    /** Drops the translations of an identifier that are not global. */
    void drop(final int space) {
        for (int i = 0; i < kinds.size(); i++) {
            if (isIn(i, space)) {
                renew(i);
            }
        }
    }

    /** Drops all. */
    void dropAll() {
        for (int i = 0; i < kinds.size(); i++) {
            renew(i);
        }
    }

    private void renew(final int number) {
        dead.set(tags[number]);
        tags[number] = next++;
    }

    /** {@return whether tags are running out: then all places must be emptied and {@link #restart} called} */
    boolean isSpent() {
        return next > (1 << TAG_BITS) - (1 << 16) - kinds.size();
    }

    /** Gives out all tags anew. */
    void restart() {
        dead.clear();
        next = 0;
        for (int i = 0; i < kinds.size(); i++) {
            tags[i] = next++;
        }
    }

    private record Kind(int space, long extended) {
    }
}
