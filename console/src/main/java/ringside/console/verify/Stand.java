package ringside.console.verify;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Where a run stands, and all that can be compared about it.
 *
 * @param steps       since boot
 * @param cycles      since boot
 * @param result      why the run ended, or empty while it can go on
 * @param serialBytes how much it sent to COM1
 * @param serial      SHA-256 of all that it sent
 * @param hash        the state hash
 * @param parts       SHA-256 of RAM and of each part by name, to say what differs
 */
public record Stand(long steps, long cycles, String result, long serialBytes, String serial, String hash,
        Map<String, String> parts) {
    /** Refuses no result; puts parts in order. */
    public Stand {
        Objects.requireNonNull(result, "result");
        parts = new TreeMap<>(parts);
    }

    /** {@return whether the guest can do no more} */
    public boolean ended() {
        return !result.isEmpty();
    }

    /**
     * {@return what two stands differ in, by name; empty for equal ones}
     *
     * @param other of the other run
     */
    public List<String> differences(final Stand other) {
        final Map<String, Boolean> found = new TreeMap<>();
        for (final Map.Entry<String, String> part : parts.entrySet()) {
            found.put(part.getKey(), !part.getValue().equals(other.parts.get(part.getKey())));
        }
        other.parts.keySet().forEach(name -> found.putIfAbsent(name, true));
        found.put("steps", steps != other.steps);
        found.put("cycles", cycles != other.cycles);
        found.put("result", !result.equals(other.result));
        found.put("serial text", serialBytes != other.serialBytes || !serial.equals(other.serial));
        found.putIfAbsent("state", !hash.equals(other.hash));
        return found.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
    }
}
