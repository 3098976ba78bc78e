package ringside.fastpath.claim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import ringside.fastpath.lab.ClaimRule;
import ringside.fastpath.lab.Declaration;
import ringside.fastpath.lab.Formula;
import ringside.fastpath.lab.Judgement;
import ringside.fastpath.lab.LabResult;
import ringside.fastpath.lab.LabRow;
import ringside.fastpath.lab.LabVariant;
import ringside.fastpath.lab.MetricName;
import ringside.fastpath.lab.Spread;

/** Takes from an experiment's result what a report says of its rules, and leaves the rest. */
final class Findings {
    private static final String UNIT = "unit";
    private static final String CYCLES = "cycles";
    private static final String COUNTER = "counter.";

    private final LabResult result;

    private Findings(final LabResult result) {
        this.result = result;
    }

    /** {@return what each rule found, in the declaration's order} */
    static List<Measured> of(final LabResult result) {
        return result.judgements().stream().map(new Findings(result)::of).toList();
    }

    private Measured of(final Judgement judgement) {
        final ClaimRule rule = judgement.claim();
        final Formula formula = rule.metric().or(rule::holds).orElseThrow();
        final Judgement.Comparison worst = judgement.worst();
        final String window = formula.names().stream().map(MetricName::window).findFirst().orElse(Declaration.OP);
        final String model = model(formula, row(rule.variant(), worst, window));
        final String other = rule.holds().isPresent() ? result.declaration().baseline().name() : rule.baseline();
        return new Measured(result.declaration().name(), judgement, window, model, result.declaration().stable(),
                side(rule.variant(), worst, window, model).orElseThrow(),
                other.equals(rule.variant()) ? Optional.empty() : side(other, worst, window, model));
    }

    private Optional<LabRow> row(final String variant, final Judgement.Comparison at, final String window) {
        return result.rows().stream().filter(row -> row.variant().equals(variant) && row.window().equals(window)
                && row.point().equals(at.point()) && row.trial().equals(at.trial())).findFirst();
    }

    /** {@return the model that the formula names, else the first one that was followed} */
    private static String model(final Formula formula, final Optional<LabRow> row) {
        final List<String> followed = row.stream().flatMap(one -> one.metrics().keySet().stream())
                .filter(name -> name.startsWith(CYCLES + "."))
                .map(name -> name.substring(CYCLES.length() + 1)).toList();
        return followed.stream().filter(model -> formula.names().stream().anyMatch(name ->
                Stream.of(MetricName.metric(name).split("\\.")).skip(1).findFirst().filter(model::equals).isPresent()))
                .findFirst().or(() -> followed.stream().findFirst()).orElse(UNIT);
    }

    private Optional<Measured.Side> side(
            final String variant, final Judgement.Comparison at, final String window, final String model) {
        return row(variant, at, window).map(row -> {
            final SequencedMap<String, Double> causes = new LinkedHashMap<>();
            final String prefix = "cause." + model + ".";
            row.metrics().entrySet().stream().filter(one -> one.getKey().startsWith(prefix))
                    .map(one -> Map.entry(one.getKey().substring(prefix.length()).replace('_', ' '),
                            value(one.getValue())))
                    .sorted(Map.Entry.<String, Double>comparingByValue().reversed()
                            .thenComparing(Map.Entry.comparingByKey()))
                    .forEach(one -> causes.put(one.getKey(), one.getValue()));
            return new Measured.Side(variant, value(row.metrics().get("instructions")),
                    value(row.metrics().get(model.equals(UNIT) ? CYCLES : CYCLES + "." + model)), causes,
                    counters(variant, at), round(variant, at));
        });
    }

    private SequencedMap<String, Double> counters(final String variant, final Judgement.Comparison at) {
        final SequencedMap<String, Double> counters = new LinkedHashMap<>();
        row(variant, at, Declaration.OP).ifPresent(row -> row.metrics().forEach((name, spread) -> {
            if (name.startsWith(COUNTER)) {
                counters.put(name.substring(COUNTER.length()), value(spread));
            }
        }));
        return counters;
    }

    private Optional<LabVariant> round(final String variant, final Judgement.Comparison at) {
        final List<LabVariant> found = new ArrayList<>();
        for (final LabVariant run : result.runs()) {
            if (run.variant().equals(variant)) {
                run.ops().stream().filter(op -> op.point().equals(at.point()) && op.trial().equals(at.trial()))
                        .forEach(op -> found.add(new LabVariant(run.variant(), run.point(), run.image(),
                                run.instructions(), List.of(op))));
            }
        }
        return found.stream().findFirst();
    }

    private double value(final Spread spread) {
        return result.declaration().stable() ? spread.p50() : spread.average();
    }
}
