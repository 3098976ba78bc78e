package ringside.emulator.machine;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;

/** Who listens, and to what. */
final class Observers {
    private static final MachineObserver[] NOBODY = {};

    private final List<MachineObserver> all = new ArrayList<>();
    private final Map<EventKind, MachineObserver[]> byKind = new EnumMap<>(EventKind.class);

    List<MachineObserver> all() {
        return all;
    }

    MachineObserver[] of(final EventKind kind) {
        return byKind.getOrDefault(kind, NOBODY);
    }

    void add(final MachineObserver observer) {
        all.add(observer);
        sort();
    }

    void remove(final MachineObserver observer) {
        all.removeIf(o -> o == observer);
        sort();
    }

    private void sort() {
        for (final EventKind kind : EventKind.values()) {
            byKind.put(kind, all.stream().filter(o -> o.interests().contains(kind))
                    .toArray(MachineObserver[]::new));
        }
    }
}
