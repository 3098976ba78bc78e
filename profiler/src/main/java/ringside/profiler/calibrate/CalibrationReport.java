package ringside.profiler.calibrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * All figures of a calibration, and what follows from them.
 *
 * @param cpu    the host's
 * @param models ids, in the order of the columns
 * @param rows   the snippets
 */
public record CalibrationReport(String cpu, List<String> models, List<CalibrationRow> rows) {
    private static final double CLOSE = 0.1;
    /** Two ways that differ by less are as good as equal. */
    private static final double DECIDED = 0.1;

    /** Copies the lists. */
    public CalibrationReport {
        models = List.copyOf(models);
        rows = List.copyOf(rows);
    }

    /**
     * How good a model is.
     *
     * @param snippets that were measured and that it has a figure for
     * @param mean     of the errors without their signs, as a share
     * @param median   of them
     * @param within10 the share of snippets with an error of at most 10 %
     * @param worst    of them
     */
    public record Quality(int snippets, double mean, double median, double within10, double worst) {
    }

    /**
     * Two ways to do the same.
     *
     * @param name   of the pair
     * @param first  the snippet whose name comes first
     * @param second the other one
     */
    public record Pair(String name, CalibrationRow first, CalibrationRow second) {
        /** {@return the second one's cycles over the first one's} */
        public OptionalDouble ratio() {
            return divide(second.cycles(), first.cycles());
        }

        /**
         * {@return the same by a model}
         *
         * @param model its id
         */
        public OptionalDouble ratio(final String model) {
            return divide(second.estimates().get(model).cycles(), first.estimates().get(model).cycles());
        }

        /** {@return whether the two were measured to differ by more than 10 %} */
        public boolean decided() {
            final OptionalDouble ratio = ratio();
            return ratio.isPresent() && Math.abs(ratio.getAsDouble() - 1) > DECIDED;
        }

        /**
         * {@return whether a model finds the same one faster; false too where it has no figure or sees no difference}
         *
         * @param model its id
         */
        public boolean sameSign(final String model) {
            final OptionalDouble ratio = ratio();
            final OptionalDouble said = ratio(model);
            return ratio.isPresent() && said.isPresent()
                    && Math.signum(said.getAsDouble() - 1) == Math.signum(ratio.getAsDouble() - 1);
        }

        private static OptionalDouble divide(final OptionalDouble above, final OptionalDouble below) {
            return above.isPresent() && below.isPresent() && below.getAsDouble() > 0
                    ? OptionalDouble.of(above.getAsDouble() / below.getAsDouble()) : OptionalDouble.empty();
        }
    }

    /**
     * {@return how good a model is}
     *
     * @param model its id
     */
    public Quality quality(final String model) {
        final double[] errors = rows.stream().map(row -> row.error(model)).filter(OptionalDouble::isPresent)
                .mapToDouble(error -> Math.abs(error.getAsDouble())).sorted().toArray();
        if (errors.length == 0) {
            return new Quality(0, 0, 0, 0, 0);
        }
        return new Quality(errors.length, Arrays.stream(errors).average().orElse(0), SampleRules.median(errors),
                (double) Arrays.stream(errors).filter(error -> error <= CLOSE).count() / errors.length,
                errors[errors.length - 1]);
    }

    /** {@return the pairs of which both are here, by name} */
    public List<Pair> pairs() {
        final Map<String, List<CalibrationRow>> named = new TreeMap<>();
        for (final CalibrationRow row : rows) {
            row.pair().ifPresent(name -> named.computeIfAbsent(name, unused -> new ArrayList<>()).add(row));
        }
        return named.entrySet().stream().filter(entry -> entry.getValue().size() == 2)
                .map(entry -> new Pair(entry.getKey(), entry.getValue().get(0), entry.getValue().get(1))).toList();
    }
}
