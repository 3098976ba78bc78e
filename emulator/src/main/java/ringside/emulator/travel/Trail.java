package ringside.emulator.travel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ringside.emulator.memory.GuestRam;
import ringside.emulator.snapshot.Snapshot;

/**
 * The snapshots that ways back begin at: regular ones, an interval of steps apart, and a few that were just needed, all
 * within a budget of memory.
 *
 * <p>When memory is short every second regular one goes and the interval doubles, so that no place is farther from a
 * snapshot than twice what the budget allows. The first one stays. Those that were just needed have a share of their
 * own, so that where somebody looks makes no difference to the regular ones.
 */
final class Trail {
    /** How many snapshots are kept because they were just needed. */
    private static final int RECENT = 12;
    /** What part of the memory they may take. */
    private static final int RECENT_SHARE = 4;

    private final long budget;
    private final long recentBudget;
    private final TreeMap<Long, Entry> regular = new TreeMap<>();
    private final TreeMap<Long, Entry> recent = new TreeMap<>();
    private final Deque<Long> order = new ArrayDeque<>();
    private long interval;
    private long bytes;
    private long recentBytes;

    /** A snapshot, what it costs beside the regular one before, and the pages that were written since that one. */
    private record Entry(Place place, long bytes, BitSet written) {
    }

    /**
     * Makes an empty one.
     *
     * @param budget   bytes of memory for snapshots, about
     * @param interval steps between two of them, at first
     */
    Trail(final long budget, final long interval) {
        recentBudget = budget / RECENT_SHARE;
        this.budget = budget - recentBudget;
        this.interval = interval;
    }

    /** {@return bytes that the snapshots take, about} */
    long bytes() {
        return bytes + recentBytes;
    }

    /** {@return the steps at which the next regular snapshot is due, for who stands at a place} */
    long nextAfter(final long steps) {
        final Long before = regular.floorKey(steps);
        return before == null ? steps : before + interval;
    }

    /** {@return whether a regular snapshot is due at a place} */
    boolean isDue(final long steps) {
        final Long after = regular.ceilingKey(steps);
        return nextAfter(steps) <= steps && (after == null || after - steps >= interval / 2);
    }

    /**
     * Adds a regular snapshot.
     *
     * @param place   to be kept
     * @param written pages that were written since the regular one before it, or more; {@code null} if not known
     */
    void add(final Place place, final BitSet written) {
        final Map.Entry<Long, Entry> before = regular.lowerEntry(place.steps());
        final Entry entry = entry(place, before == null ? null : before.getValue().place, written);
        final Entry replaced = regular.put(place.steps(), entry);
        bytes += entry.bytes - (replaced == null ? 0 : replaced.bytes);
        while (bytes > budget && regular.size() > 2) {
            thin();
        }
    }

    private static Entry entry(final Place place, final Place before, final BitSet written) {
        final Snapshot snapshot = place.snapshot();
        final long pages = written != null ? written.cardinality()
                : before == null ? snapshot.ram().used() : snapshot.ram().newSince(before.snapshot().ram());
        final long parts = snapshot.parts().stream().mapToLong(part -> part.bytes().length).sum();
        return new Entry(place, pages * GuestRam.PAGE + parts, written);
    }

    private void thin() {
        interval *= 2;
        final List<Entry> all = new ArrayList<>(regular.values());
        regular.clear();
        bytes = 0;
        Entry kept = null;
        BitSet dropped = new BitSet();
        for (int i = 0; i < all.size(); i++) {
            final Entry entry = all.get(i);
            final BitSet written = dropped == null || entry.written == null ? null : (BitSet) entry.written.clone();
            if (written != null) {
                written.or(dropped);
            }
            if (i % 2 == 1 && i < all.size() - 1) {
                dropped = written;
                continue;
            }
            kept = entry(entry.place, kept == null ? null : kept.place, written);
            regular.put(kept.place.steps(), kept);
            bytes += kept.bytes;
            dropped = new BitSet();
        }
        // What one of them shared with a regular snapshot that went is its own now.
        recent.replaceAll((step, entry) -> recentEntry(entry.place, null));
        recentBytes = recent.values().stream().mapToLong(Entry::bytes).sum();
        forgetRecent();
    }

    /**
     * Keeps a snapshot for a while, if there is memory for it.
     *
     * @param place   to be kept
     * @param written pages that were written since the regular one before it, or more; {@code null} if not known
     */
    void keep(final Place place, final BitSet written) {
        final Entry entry = recentEntry(place, written);
        final Entry replaced = recent.put(place.steps(), entry);
        if (replaced == null) {
            order.add(place.steps());
        }
        recentBytes += entry.bytes - (replaced == null ? 0 : replaced.bytes);
        forgetRecent();
    }

    private Entry recentEntry(final Place place, final BitSet written) {
        final Map.Entry<Long, Entry> before = regular.floorEntry(place.steps());
        return entry(place, before == null ? null : before.getValue().place, written);
    }

    private void forgetRecent() {
        while (recent.size() > RECENT || recentBytes > recentBudget && !recent.isEmpty()) {
            recentBytes -= recent.remove(order.remove()).bytes;
        }
    }

    /** {@return the last snapshot at or before a place} There is one, for the first is at the start. */
    Place floor(final long steps) {
        final Map.Entry<Long, Entry> one = regular.floorEntry(steps);
        final Map.Entry<Long, Entry> other = recent.floorEntry(steps);
        if (one == null || other != null && other.getKey() >= one.getKey()) {
            return other == null ? regular.firstEntry().getValue().place : other.getValue().place;
        }
        return one.getValue().place;
    }

    /** {@return the first snapshot, where the history begins} */
    Place first() {
        return regular.firstEntry().getValue().place;
    }

    /** {@return the steps of the regular snapshot that has as many before it as behind} */
    long middle() {
        return List.copyOf(regular.keySet()).get(regular.size() / 2);
    }

    /** {@return the steps of the last regular snapshot before a place, -1 where there is none} */
    long lastBefore(final long steps) {
        final Long before = regular.lowerKey(steps);
        return before == null ? -1 : before;
    }

    /** {@return steps of the regular snapshots, in order} */
    List<Long> regular() {
        return List.copyOf(regular.keySet());
    }

    /** {@return the snapshots before a place, the last one first} */
    List<Place> before(final long steps) {
        final TreeMap<Long, Place> found = new TreeMap<>();
        recent.headMap(steps, false).forEach((step, entry) -> found.put(step, entry.place));
        regular.headMap(steps, false).forEach((step, entry) -> found.put(step, entry.place));
        return List.copyOf(found.descendingMap().values());
    }

    /**
     * {@return whether a page may have been written between a snapshot and the next one, or the present}
     *
     * @param from steps of the snapshot
     * @param page number of a physical page
     */
    boolean mayBeWritten(final long from, final int page) {
        final Map.Entry<Long, Entry> next = regular.higherEntry(from);
        return next == null || next.getValue().written == null || next.getValue().written.get(page);
    }

    /** Forgets what is behind a place. */
    void cutBehind(final long steps) {
        drop(regular.tailMap(steps, false), recent.tailMap(steps, false));
    }

    /** Forgets what is before a place. */
    void cutBefore(final long steps) {
        drop(regular.headMap(steps, false), new TreeMap<>());
        final long first = regular.isEmpty() ? Long.MAX_VALUE : regular.firstKey();
        drop(new TreeMap<>(), recent.headMap(first, false));
        if (!regular.isEmpty()) {
            // All that it holds is its own now.
            final Entry alone = entry(first(), null, null);
            bytes += alone.bytes - regular.put(first, alone).bytes;
        }
    }

    private void drop(final Map<Long, Entry> ofRegular, final Map<Long, Entry> ofRecent) {
        recentBytes -= ofRecent.values().stream().mapToLong(Entry::bytes).sum();
        bytes -= ofRegular.values().stream().mapToLong(Entry::bytes).sum();
        ofRegular.clear();
        ofRecent.clear();
        order.retainAll(recent.keySet());
    }
}
