package ringside.console.html;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import ringside.console.report.Figures;
import ringside.fastpath.claim.ClaimReport;
import ringside.fastpath.claim.Measured;
import ringside.fastpath.claim.RowVerdict;

/** What documents claim, and what the machine says. */
final class ClaimsPage {
    private ClaimsPage() {
    }

    static Map<String, Object> of(final Optional<ClaimReport> report) {
        final List<Map<String, Object>> failures = report.map(ClaimsPage::failures).orElse(List.of());
        return Values.of("none", report.isEmpty(), "any", report.isPresent(), "failed", !failures.isEmpty(),
            "reasons", failures,
            "verdicts", report.map(claims -> Arrays.stream(RowVerdict.values())
                .filter(verdict -> !claims.of(verdict).isEmpty()).map(verdict -> Values.of("word", verdict.toString(),
                    "state", state(verdict), "count", claims.of(verdict).size())).toList()).orElse(List.of()),
            "rows", report.map(claims -> claims.rows().stream().map(ClaimsPage::row).toList()).orElse(List.of()));
    }

    private static List<Map<String, Object>> failures(final ClaimReport report) {
        return Stream.concat(
            report.experiments().stream().flatMap(one -> one.failure().stream().map(why -> failure(one.name(), why))),
            report.structures().stream().flatMap(one -> one.failure().stream().map(why -> failure(one.name(), why))))
            .toList();
    }

    private static Map<String, Object> failure(final String name, final String why) {
        return Values.of("name", name, "why", why.strip());
    }

    private static String state(final RowVerdict verdict) {
        return switch (verdict) {
            case CONTRADICTED, NOT, FAILED -> "worse";
            case REPRODUCED -> "better";
            case PARTLY -> "other";
            case NOT_MEASURABLE_HERE, NO_EXPERIMENT -> "same";
        };
    }

    private static Map<String, Object> row(final ClaimReport.Row row) {
        final Optional<Measured> measured =
            row.worst().filter(Measured.class::isInstance).map(Measured.class::cast);
        return Values.of("id", row.claim().id(), "source", row.claim().source(), "document", row.claim().document(),
            "mechanism", row.claim().mechanism(), "claim", row.claim().claim(), "baseline", row.claim().baseline(),
            "word", row.verdict().toString(), "state", state(row.verdict()),
            "instructions", measured.map(one -> pair(one.variant().instructions(),
                one.baseline().map(Measured.Side::instructions))).orElse("–"),
            "cycles", measured.map(one -> pair(one.variant().cycles(),
                one.baseline().map(Measured.Side::cycles))).orElse("–"),
            "why", row.claim().undecidable().filter(_ -> row.verdict() == RowVerdict.NOT_MEASURABLE_HERE).orElse(""),
            "hasFindings", !row.findings().isEmpty(),
            "findings", row.findings().stream().map(finding -> Values.of("word", finding.verdict().toString(),
                "text", finding.text(), "experiment", finding.experiment())).toList(),
            "failures", row.failures());
    }

    private static String pair(final double own, final Optional<Double> base) {
        return Figures.number(own) + base.map(value -> " / " + Figures.number(value)).orElse("");
    }
}
