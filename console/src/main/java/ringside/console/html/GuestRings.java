package ringside.console.html;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import ringside.fastpath.view.RingHistory;

/**
 * Shared rings over a whole run of a guest.
 *
 * @param name  of the guest
 * @param rings who put and took in each, by its physical address; 0 where that is not known
 */
public record GuestRings(String name, SequencedMap<Long, List<RingHistory.Event>> rings) {
    /** Copies the map. */
    public GuestRings {
        Objects.requireNonNull(name, "name");
        final SequencedMap<Long, List<RingHistory.Event>> copy = new LinkedHashMap<>();
        rings.forEach((ring, events) -> copy.put(ring, Collections.unmodifiableList(new ArrayList<>(events))));
        rings = Collections.unmodifiableSequencedMap(copy);
    }
}
