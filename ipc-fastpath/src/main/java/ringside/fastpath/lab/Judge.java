package ringside.fastpath.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import ringside.fastpath.experiment.GuestFailedException;
import ringside.profiler.profile.Trial;

/** Decides claims by the rules that were declared, from rows alone. */
final class Judge {
    private final Declaration declaration;
    private final List<LabRow> rows;

    /** A trial at a combination of parameters. */
    private record Place(Point point, Trial trial) {
    }

    Judge(final Declaration declaration, final List<LabRow> rows) {
        this.declaration = declaration;
        this.rows = rows;
    }

    List<Judgement> all() {
        return declaration.claims().stream().map(this::judge).toList();
    }

    private Judgement judge(final ClaimRule claim) {
        final List<Judgement.Comparison> comparisons = new ArrayList<>();
        for (final Place place : rows.stream().filter(row -> row.variant().equals(claim.variant())
                && row.window().equals(Declaration.OP) && row.point().has(claim.where()))
                .map(row -> new Place(row.point(), row.trial())).distinct().toList()) {
            comparisons.add(claim.holds().isPresent() ? condition(claim, place) : ratio(claim, place));
        }
        if (comparisons.isEmpty()) {
            throw new LabException(declaration.files().file(), "claim", "no trial is looked at: " + claim.text());
        }
        return new Judgement(claim, comparisons.stream().map(Judgement.Comparison::verdict)
                .reduce(Verdict::worse).orElseThrow(), comparisons);
    }

    private Judgement.Comparison condition(final ClaimRule claim, final Place place) {
        final SequencedMap<String, Double> numbers = new LinkedHashMap<>();
        final Formula holds = claim.holds().orElseThrow();
        final double value = value(holds, claim.variant(), place, numbers);
        if (Double.isNaN(value)) {
            throw new GuestFailedException(name(claim.variant(), place) + ": there is no value of " + holds
                    + ", which divides by zero or is too large: " + words(numbers));
        }
        return new Judgement.Comparison(place.point, place.trial, value, value, value,
                value != 0 ? Verdict.REPRODUCED : Verdict.CONTRADICTED, numbers, new LinkedHashMap<>());
    }

    private Judgement.Comparison ratio(final ClaimRule claim, final Place place) {
        final Formula metric = claim.metric().orElseThrow();
        final SequencedMap<String, Double> numbers = new LinkedHashMap<>();
        final SequencedMap<String, Double> others = new LinkedHashMap<>();
        final double value = value(metric, claim.variant(), place, numbers);
        final double baseline = value(metric, claim.baseline(), place, others);
        final double ratio = claim.less() ? baseline / value : value / baseline;
        if (!(value > 0 && baseline > 0 && Double.isFinite(ratio))) {
            throw new GuestFailedException(name(claim.variant(), place) + ": there is no ratio of " + metric + ": "
                    + value + " and, of " + claim.baseline() + ", " + baseline + "; both have to be more than 0");
        }
        return new Judgement.Comparison(place.point, place.trial, value, baseline, ratio,
                Verdict.of(ratio, claim.claimed().orElseThrow()), numbers, others);
    }

    private static String name(final String variant, final Place place) {
        return (variant + " " + place.point).strip();
    }

    private static String words(final SequencedMap<String, Double> numbers) {
        return numbers.entrySet().stream().map(one -> one.getKey() + " is " + one.getValue())
                .collect(Collectors.joining(", "));
    }

    /** {@return the value of a formula; {@code asked} keeps each number that it looked at} */
    private double value(final Formula formula, final String variant, final Place place,
            final SequencedMap<String, Double> asked) {
        final Map<String, LabRow> windows = rows.stream().filter(row -> row.variant().equals(variant)
                && row.point().equals(place.point) && row.trial().equals(place.trial))
                .collect(Collectors.toMap(LabRow::window, row -> row));
        return formula.value(name -> {
            final LabRow row = windows.get(MetricName.window(name));
            if (row == null) {
                throw new GuestFailedException(variant + " " + place.point + ": the guest did not measure the window "
                        + MetricName.window(name) + " of " + place.trial);
            }
            asked.put(name, value(row, MetricName.metric(name)));
            return asked.get(name);
        });
    }

    /** A cause that is never met has no cycles; a counter that is never reported is a misspelt one. */
    private double value(final LabRow row, final String metric) {
        if (metric.equals(MetricName.ROUNDS)) {
            return row.rounds();
        }
        final Spread whole = row.metrics().get(metric);
        if (whole != null) {
            return declaration.stable() ? whole.p50() : whole.average();
        }
        final Optional<String> shorter = MetricName.withoutStatistic(metric);
        if (shorter.isPresent() && row.metrics().containsKey(shorter.get())) {
            return row.metrics().get(shorter.get()).statistic(metric.substring(shorter.get().length() + 1));
        }
        if (metric.startsWith(MetricName.COUNTER) || metric.startsWith("cold.")) {
            throw new GuestFailedException(row.variant() + " " + row.point() + ": the run has no " + metric);
        }
        return 0;
    }
}
