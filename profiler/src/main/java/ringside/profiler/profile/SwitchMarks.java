package ringside.profiler.profile;

import java.util.Map;
import java.util.Objects;

/**
 * Which probes of a kernel say what of its context switches. An image that has none of them is a kernel unknown.
 *
 * @param switches kind of the probe at which a thread is chosen; its register holds the thread, 0 for none
 * @param parts    kinds of probes behind which the kernel's instructions count as a part
 */
public record SwitchMarks(String switches, Map<String, SwitchPart> parts) {
    /** Copies the map. */
    public SwitchMarks {
        Objects.requireNonNull(switches, "switches");
        parts = Map.copyOf(parts);
    }
}
