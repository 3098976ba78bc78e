package ringside.profiler.calibrate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One snippet's figures, each of one iteration.
 *
 * @param snippet      its name
 * @param pair         its pair's name, if it has one
 * @param instructions exact
 * @param host         what the host's CPU took
 * @param estimates    by model, in the order of the columns
 */
public record CalibrationRow(String snippet, Optional<String> pair, double instructions, NativeResult host,
        Map<String, Estimate> estimates) {
    /** Copies the map. */
    public CalibrationRow {
        estimates = Collections.unmodifiableMap(new LinkedHashMap<>(estimates));
    }

    /**
     * {@return the same with another measurement}
     *
     * @param measured of the host's CPU
     */
    CalibrationRow with(final NativeResult measured) {
        return new CalibrationRow(snippet, pair, instructions, measured, estimates);
    }

    /** {@return the measured cycles, if there are any} */
    public OptionalDouble cycles() {
        return host instanceof NativeResult.Measured(double cycles, double _, int _, int _)
                ? OptionalDouble.of(cycles) : OptionalDouble.empty();
    }

    /**
     * {@return by how much a model is off, as a share of what was measured: below 0 where it says too little}
     *
     * @param model its id
     */
    public OptionalDouble error(final String model) {
        final OptionalDouble said = estimates.get(model).cycles();
        final OptionalDouble cycles = cycles();
        return said.isPresent() && cycles.isPresent()
                ? OptionalDouble.of((said.getAsDouble() - cycles.getAsDouble()) / cycles.getAsDouble())
                : OptionalDouble.empty();
    }
}
