package ringside.console.html;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import ringside.fastpath.view.RingHistory;
import ringside.profiler.export.ProfiledGuest;
import ringside.profiler.profile.CodeProfile;
import ringside.profiler.profile.SwitchGroup;

/**
 * A whole run of a guest.
 *
 * @param name     of the guest
 * @param profile  of all of it, with its calls
 * @param guest    what ran
 * @param switches its context switches
 * @param rings    who put and took in its shared rings, by their addresses; empty where it has none
 */
public record GuestFigures(String name, CodeProfile profile, ProfiledGuest guest, List<SwitchGroup> switches,
        SequencedMap<Long, List<RingHistory.Event>> rings) {
    /** Copies the collections. */
    public GuestFigures {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(guest, "guest");
        switches = List.copyOf(switches);
        final SequencedMap<Long, List<RingHistory.Event>> copy = new LinkedHashMap<>();
        rings.forEach((ring, events) -> copy.put(ring, Collections.unmodifiableList(new ArrayList<>(events))));
        rings = Collections.unmodifiableSequencedMap(copy);
    }
}
