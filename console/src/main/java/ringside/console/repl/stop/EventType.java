package ringside.console.repl.stop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ringside.emulator.event.EventKind;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.Probe;

/**
 * A kind of event that one can stop at, or that a probe of the image tells.
 *
 * @param name      as people write it
 * @param kind      of the machine's events
 * @param arguments names of its values, in order; of a probe's event by position
 * @param probes    for each probe of the image that tells it, the registers that hold the values; else empty
 */
public record EventType(String name, EventKind kind, List<String> arguments, Map<Integer, List<String>> probes) {
    private static final List<String> POSITIONS = List.of("first", "second", "third");
    private static final List<EventType> OF_ALL_MACHINES = List.of(
        of("exception", EventKind.EXCEPTION, "vector", "code", "rip"),
        of("interrupt", EventKind.INTERRUPT, "vector", "rip"),
        of("syscall", EventKind.SYSCALL, "number", "rip"),
        of("cr3", EventKind.ADDRESS_SPACE, "root"),
        of("device", EventKind.DEVICE, "address", "size", "value", "write"),
        of("halt", EventKind.HALT),
        of("idle", EventKind.IDLE));

    /** Copies the collections. */
    public EventType {
        arguments = List.copyOf(arguments);
        probes = Map.copyOf(probes);
    }

    private static EventType of(final String name, final EventKind kind, final String... arguments) {
        return new EventType(name, kind, Arrays.asList(arguments), Map.of());
    }

    /**
     * {@return all kinds that a guest has, those of every machine first}
     *
     * @param image whose probes count
     */
    public static List<EventType> all(final GuestImage image) {
        final List<EventType> all = new ArrayList<>(OF_ALL_MACHINES);
        final Map<String, Map<Integer, List<String>>> told = new TreeMap<>();
        final List<Probe> probes = image.probes();
        for (int i = 0; i < probes.size(); i++) {
            told.computeIfAbsent(probes.get(i).kind(), kind -> new TreeMap<>()).put(i, probes.get(i).registers());
        }
        told.forEach((kind, places) -> all.add(new EventType(kind, EventKind.PROBE, POSITIONS.subList(0,
            places.values().stream().mapToInt(List::size).max().orElse(0)), places)));
        return all;
    }

    /**
     * {@return the kind of that name}
     *
     * @param image whose probes count
     * @param name  in any case, with - or _
     */
    public static Optional<EventType> named(final GuestImage image, final String name) {
        final String plain = name.toLowerCase(Locale.ROOT).replace('-', '_');
        return all(image).stream().filter(type -> type.name().equals(plain)).findFirst();
    }

    /** {@return names of arguments, registers included, for people} */
    String argumentNames() {
        final List<String> names = new ArrayList<>(List.of("cpu"));
        names.addAll(arguments);
        probes.values().stream().flatMap(List::stream).distinct().sorted().forEach(names::add);
        return String.join(", ", names);
    }
}
