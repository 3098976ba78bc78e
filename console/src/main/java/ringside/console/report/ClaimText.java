package ringside.console.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import ringside.fastpath.claim.Measured;
import ringside.fastpath.lab.ClaimRule;
import ringside.fastpath.lab.Declaration;
import ringside.fastpath.lab.Judgement;
import ringside.fastpath.lab.LabVariant;

/** What was measured in sentences, made of its numbers alone. */
final class ClaimText {
    private static final int MOST_CAUSES = 5;

    private ClaimText() {
    }

    /** {@return the number that decided, beside what was claimed} */
    static String measured(final Measured finding) {
        final ClaimRule rule = finding.judgement().claim();
        final Judgement.Comparison worst = finding.judgement().worst();
        return rule.holds().isPresent() ? worst.value() != 0 ? "holds" : "does not hold"
            : Figures.ratio(worst.ratio()) + " of " + Figures.number(rule.claimed().orElseThrow());
    }

    /** {@return the rule's numbers at the place that decided} */
    static String decision(final Measured finding) {
        final ClaimRule rule = finding.judgement().claim();
        final Judgement.Comparison worst = finding.judgement().worst();
        if (rule.holds().isPresent()) {
            return "`" + rule.holds().get() + "` " + measured(finding) + " for " + rule.variant() + at(worst) + ": "
                + numbers(worst.numbers()) + ".";
        }
        return "`" + rule.metric().orElseThrow() + "`: " + rule.variant() + " " + Figures.number(worst.value())
            + ", " + rule.baseline() + " " + Figures.number(worst.baseline()) + at(worst) + ": "
            + Figures.ratio(worst.ratio()) + " times better, claimed "
            + Figures.number(rule.claimed().orElseThrow()) + ".";
    }

    /** {@return the command that measures it again} */
    static String again(final Measured finding) {
        return "ringside bench " + finding.experiment() + finding.baseline()
            .map(_ -> " --explain " + finding.variant().variant()).orElse("");
    }

    private static String at(final Judgement.Comparison place) {
        return place.point().values().isEmpty() ? "" : " at " + place.point();
    }

    private static String numbers(final SequencedMap<String, Double> numbers) {
        return numbers.isEmpty() ? "no number is asked for" : numbers.entrySet().stream()
            .map(one -> one.getKey() + " = " + Figures.number(one.getValue())).collect(Collectors.joining(", "));
    }

    /** {@return why, sentence by sentence} */
    static List<String> explanation(final Measured finding) {
        final List<String> lines = new ArrayList<>();
        range(finding, lines);
        final String of = finding.model().equals("unit") ? "cycles of the machine's own clock"
            : (finding.stable() ? "settled cycles of " : "mean cycles of ") + finding.model();
        final Measured.Side own = finding.variant();
        if (finding.baseline().isEmpty()) {
            lines.add(head(finding) + Figures.number(own.instructions()) + " instructions, "
                + Figures.number(own.cycles()) + " " + of + causes(own) + ".");
        } else {
            final Measured.Side base = finding.baseline().get();
            lines.add(head(finding) + Figures.number(own.instructions()) + " instructions, "
                + base.variant() + " " + Figures.number(base.instructions()) + " ("
                + Figures.change(own.instructions() - base.instructions()) + "); " + Figures.number(own.cycles()) + " "
                + of + ", " + base.variant() + " " + Figures.number(base.cycles()) + " ("
                + Figures.change(own.cycles() - base.cycles()) + ").");
            causes(finding, base, lines);
            alignment(finding, lines);
        }
        counters(finding, lines);
        return lines;
    }

    private static String head(final Measured finding) {
        return "In the window " + finding.window()
            + at(finding.judgement().worst()) + ": " + finding.variant().variant() + " ";
    }

    /** Says how far comparisons are apart where there are several. */
    private static void range(final Measured finding, final List<String> lines) {
        final List<Judgement.Comparison> all = finding.judgement().comparisons();
        if (all.size() < 2) {
            return;
        }
        if (finding.judgement().claim().holds().isPresent()) {
            lines.add("It holds at " + all.stream().filter(one -> one.value() != 0).count() + " of " + all.size()
                + " places.");
            return;
        }
        final Judgement.Comparison best =
            all.stream().max(Comparator.comparingDouble(Judgement.Comparison::ratio)).orElseThrow();
        final Judgement.Comparison least =
            all.stream().min(Comparator.comparingDouble(Judgement.Comparison::ratio)).orElseThrow();
        if (Figures.ratio(best.ratio()).equals(Figures.ratio(least.ratio()))) {
            lines.add("The ratio is the same at all " + all.size() + " places.");
            return;
        }
        lines.add("Of " + all.size() + " places the ratio is least" + at(least) + ", " + Figures.ratio(least.ratio())
            + ", and greatest" + at(best) + ", " + Figures.ratio(best.ratio()) + ".");
    }

    private static String causes(final Measured.Side side) {
        return side.causes().isEmpty() ? "" : ": " + side.causes().entrySet().stream().limit(MOST_CAUSES)
            .map(one -> one.getKey() + " " + Figures.number(one.getValue())).collect(Collectors.joining(", "));
    }

    /** The causes that differ most. */
    private static void causes(final Measured finding, final Measured.Side base, final List<String> lines) {
        final Map<String, Double> changes = new TreeMap<>();
        finding.variant().causes().forEach((cause, cycles) -> changes.merge(cause, cycles, Double::sum));
        base.causes().forEach((cause, cycles) -> changes.merge(cause, -cycles, Double::sum));
        changes.values().removeIf(change -> change == 0);
        if (!changes.isEmpty()) {
            lines.add("Causes that differ most: " + changes.entrySet().stream()
                .sorted(Comparator.comparingDouble((Map.Entry<String, Double> one) -> -Math.abs(one.getValue()))
                    .thenComparing(Map.Entry::getKey))
                .limit(MOST_CAUSES).map(one -> one.getKey() + " " + Figures.change(one.getValue()) + " ("
                    + Figures.number(finding.variant().causes().getOrDefault(one.getKey(), 0.0)) + ", was "
                    + Figures.number(base.causes().getOrDefault(one.getKey(), 0.0)) + ")")
                .collect(Collectors.joining(", ")) + ".");
        } else if (!finding.variant().causes().isEmpty()) {
            lines.add("Cycles by cause are the same: " + causes(finding.variant()).substring(2) + ".");
        }
    }

    /** Instructions gone and new in one round of the operation, with what they cost. */
    private static void alignment(final Measured finding, final List<String> lines) {
        final Measured.Side base = finding.baseline().orElseThrow();
        if (!finding.window().equals(Declaration.OP) || finding.variant().round().isEmpty()
            || base.round().isEmpty()) {
            return;
        }
        final LabVariant own = finding.variant().round().get();
        final LabVariant old = base.round().get();
        try (ImageCode ownCode = ImageCode.of(own.image()); ImageCode oldCode = ImageCode.of(old.image())) {
            final LabDiff diff = LabDiff.of(new LabDiff.Side(old.variant(), old.ops().getFirst()), oldCode,
                new LabDiff.Side(own.variant(), own.ops().getFirst()), ownCode);
            if (diff.aligned()) {
                lines.add("Instruction by instruction, in the median round: "
                    + part(diff, LabDiff.Fate.REMOVED, "gone") + ", " + part(diff, LabDiff.Fate.ADDED, "new") + ", "
                    + part(diff, LabDiff.Fate.KEPT, "kept") + ".");
            }
        }
    }

    private static String part(final LabDiff diff, final LabDiff.Fate fate, final String name) {
        return diff.count(fate) + " " + name + " (" + Figures.change(diff.cycles(fate)) + " cycles)";
    }

    private static void counters(final Measured finding, final List<String> lines) {
        if (finding.variant().counters().isEmpty()) {
            return;
        }
        final Map<String, Double> base = finding.baseline().map(Measured.Side::counters).map(Map::copyOf)
            .orElse(Map.of());
        lines.add("Counted by the guest in the whole trial: " + finding.variant().counters().entrySet().stream()
            .map(one -> one.getKey() + " " + Figures.number(one.getValue()) + (base.containsKey(one.getKey())
                ? " (" + finding.baseline().orElseThrow().variant() + " " + Figures.number(base.get(one.getKey())) + ")"
                : "")).collect(Collectors.joining(", ")) + ".");
    }
}
