package ringside.fastpath.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import ringside.profiler.profile.WindowProfile;

/**
 * Every path of every variant that ran, measured. Complete: a report with a path missing cannot be made.
 *
 * @param model        name and version of the cycle model
 * @param seed         of the machines
 * @param images       SHA-256 of each variant's image, lower-case hexadecimal
 * @param measurements in the order of {@link PathKey#all}
 */
public record IpcReport(
        String model, long seed, SortedMap<Variant, String> images, List<Measurement> measurements) {
    /** Copies the collections. */
    public IpcReport {
        Objects.requireNonNull(model, "model");
        images = Collections.unmodifiableSortedMap(new TreeMap<>(images));
        measurements = List.copyOf(measurements);
    }

    /**
     * Puts the windows of all variants under their paths' names.
     *
     * @param model   name and version of the cycle model
     * @param seed    of the machines
     * @param images  SHA-256 of each variant's image
     * @param windows what was measured in each variant's run
     * @return the report
     * @throws GuestFailedException if a guest left a path out, or measured one that is not ours
     */
    public static IpcReport of(
            final String model, final long seed, final Map<Variant, String> images,
            final Map<Variant, List<WindowProfile>> windows) {
        final SequencedMap<PathKey, WindowProfile> found = new LinkedHashMap<>();
        for (final Map.Entry<Variant, List<WindowProfile>> run : new TreeMap<>(windows).entrySet()) {
            for (final WindowProfile window : run.getValue()) {
                final PathKey key = IpcWindows.keyOf(run.getKey(), window)
                        .orElseThrow(() -> new GuestFailedException(run.getKey() + ": the guest ran " + window.trial()
                                + ", which is no experiment of the bench"));
                found.put(key, window);
            }
        }
        final List<Measurement> measurements = new ArrayList<>();
        for (final PathKey key : PathKey.all().stream().filter(key -> windows.containsKey(key.variant())).toList()) {
            final WindowProfile window = found.get(key);
            if (window == null) {
                throw new GuestFailedException(key.variant() + ": the guest ended without measuring " + key);
            }
            measurements.add(new Measurement(key, window));
        }
        return new IpcReport(model, seed, new TreeMap<>(images), measurements);
    }

    /**
     * {@return the measurement of a path}
     *
     * @param key any path of {@link PathKey#all}
     */
    public Measurement get(final PathKey key) {
        return measurements.stream().filter(m -> m.path().equals(key)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such path: path=" + key));
    }
}
