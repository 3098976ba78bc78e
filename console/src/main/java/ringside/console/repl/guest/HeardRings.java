package ringside.console.repl.guest;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The ends of rings that a guest used before the place where it stands. They are found by listening to its history, a
 * piece each time, from where it was heard last: so it catches up, however long the way is.
 */
public final class HeardRings {
    /** The most steps that are listened to at once. */
    public static final long AT_ONCE = 20_000_000;
    /** Steps by which a mark can be told earlier or later than it happened, beyond what is known of it. */
    private static final long MARGIN = 10_000;

    private final Guest guest;
    private final Map<RingEnds.End, RingEnds.Use> ends = new LinkedHashMap<>();
    private long until;

    /**
     * Has heard nothing yet.
     *
     * @param guest whose rings
     */
    public HeardRings(final Guest guest) {
        this.guest = guest;
    }

    /** What comes behind this place has not happened, or is not known to have. */
    public void cut() {
        final long here = guest.machine().steps();
        if (here < until) {
            // What may have been before this place or behind it is listened to again.
            until = Math.max(0, ends.values().stream().filter(use -> use.after() <= here && here < use.until() + MARGIN)
                .mapToLong(RingEnds.Use::after).min().orElse(here) - MARGIN);
            ends.values().removeIf(use -> use.until() + MARGIN > here);
        }
    }

    /** Everything may be another history. */
    public void forget() {
        ends.clear();
        until = 0;
    }

    /**
     * Listens to the next piece of the way to where the guest stands.
     *
     * @throws RefusedException where somebody asked to stop
     */
    public void listen() {
        cut();
        final long here = guest.machine().steps();
        final long from = Math.max(until, guest.timeline().first());
        if (!Bantam.is(guest) || from >= here) {
            return;
        }
        final long to = Math.min(here, from + AT_ONCE);
        final RingEnds[] found = new RingEnds[1];
        Stretch.of(guest, from, to, machine -> {
            found[0] = new RingEnds(machine);
            return List.of(found[0]);
        });
        found[0].all().forEach((end, use) -> {
            if (ends.size() < RingEnds.MOST) {
                ends.putIfAbsent(end, use);
            }
        });
        until = to;
    }

    /** {@return steps up to which everything was heard} */
    public long until() {
        return until;
    }

    /** {@return the ends that were heard of before this place, the first to be used first} */
    public Set<RingEnds.End> ends() {
        final long here = guest.machine().steps();
        return ends.entrySet().stream().filter(one -> one.getValue().after() <= here).map(Map.Entry::getKey)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
