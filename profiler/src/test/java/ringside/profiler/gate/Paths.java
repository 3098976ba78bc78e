package ringside.profiler.gate;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Paths as tests want them. */
final class Paths {
    private Paths() {
    }

    static MeasuredPath path(final String name, final Map<String, Long> metrics, final GateStep... steps) {
        return new MeasuredPath(name, new TreeMap<>(metrics), new TreeMap<>(), List.of(), List.of(steps));
    }

    static Measurements all(final MeasuredPath... paths) {
        return new Measurements(new TreeMap<>(Map.of("zen4", "zen4-2")), Arrays.stream(paths)
                .collect(Collectors.toMap(MeasuredPath::name, path -> path, (one, two) -> one, TreeMap::new)));
    }

    static GateStep step(final String text, final int line, final long cycles) {
        return new GateStep("fast", text, "fast.asm", line, cycles, "L1");
    }
}
