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
 * @param rings who put and took in each, for as long as it was that ring
 */
public record GuestRings(String name, SequencedMap<RingHistory.Life, List<RingHistory.Event>> rings) {
    /** Copies the map. */
    public GuestRings {
        Objects.requireNonNull(name, "name");
        final SequencedMap<RingHistory.Life, List<RingHistory.Event>> copy = new LinkedHashMap<>();
        rings.forEach((ring, events) -> copy.put(ring, Collections.unmodifiableList(new ArrayList<>(events))));
        rings = Collections.unmodifiableSequencedMap(copy);
    }
}
