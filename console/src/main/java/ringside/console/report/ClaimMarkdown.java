package ringside.console.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ringside.emulator.state.OwnFile;
import ringside.fastpath.claim.ClaimReport;
import ringside.fastpath.claim.ClaimRow;
import ringside.fastpath.claim.Finding;
import ringside.fastpath.claim.Measured;
import ringside.fastpath.claim.RowVerdict;
import ringside.fastpath.claim.Searched;
import ringside.fastpath.lab.Verdict;

/** The claims' report as Markdown: how many of each verdict, a line for each row, then why, row by row. */
public final class ClaimMarkdown {
    private static final String NONE = "-";
    private static final String TITLE = "# Claims, and what the machine says";
    private static final String MADE = "Made by `ringside bench --claims`, version ";

    private final ClaimReport report;
    private final List<String> lines = new ArrayList<>();

    private ClaimMarkdown(final ClaimReport report) {
        this.report = report;
    }

    /**
     * {@return the report, ending in a line feed}
     *
     * @param report  what was found
     * @param version of Ringside
     */
    public static String of(final ClaimReport report, final String version) {
        final ClaimMarkdown text = new ClaimMarkdown(report);
        text.add(TITLE, "", MADE + version + ". Every verdict follows from rules in the "
            + "declarations of experiments and structures; of several the worst counts. Instructions are facts, cycles "
            + "are of the model that is named, and of the variant / of the baseline.", "");
        text.summary();
        text.table();
        text.rows();
        text.experiments();
        return String.join("\n", text.lines) + "\n";
    }

    /**
     * {@return why a file is not replaced by one of these, if it is there and something else}
     *
     * @param file that is to be written
     */
    public static Optional<String> obstacle(final Path file) {
        return OwnFile.obstacle(file, "a report that bench --claims wrote", TITLE + MADE);
    }

    private void add(final String... some) {
        lines.addAll(List.of(some));
    }

    private void summary() {
        add("| Verdict | How many | Rows |", "|---|--:|---|");
        for (final RowVerdict verdict : RowVerdict.values()) {
            final List<ClaimReport.Row> rows = report.of(verdict);
            if (!rows.isEmpty()) {
                add(line("**" + verdict + "**", String.valueOf(rows.size()),
                    rows.stream().map(ClaimMarkdown::link).collect(Collectors.joining(", "))));
            }
        }
        add(line("all", String.valueOf(report.rows().size()), ""), "");
    }

    private void table() {
        add("## Rows", "",
            "| Row | Source | Mechanism | Claim | Baseline | Instructions | Cycles | Ratio | Verdict | Of its rules "
                + "| Experiment |",
            "|---|---|---|---|---|--:|--:|--:|---|---|---|");
        for (final ClaimReport.Row row : report.rows()) {
            final ClaimRow claim = row.claim();
            final Optional<Measured> measured =
                row.worst().filter(Measured.class::isInstance).map(Measured.class::cast);
            add(line(link(row), text(claim.source()),
                text(claim.mechanism()), text(claim.claim()), text(claim.baseline()),
                measured.map(one -> pair(one.variant().instructions(),
                    one.baseline().map(Measured.Side::instructions))).orElse(NONE),
                measured.map(one -> pair(one.variant().cycles(),
                    one.baseline().map(Measured.Side::cycles))).orElse(NONE),
                row.worst().map(ClaimMarkdown::measured).orElse(NONE), "**" + row.verdict() + "**", rules(row),
                row.worst().map(one -> "`" + one.experiment() + "`").orElse(NONE)));
        }
        add("");
    }

    private static String measured(final Finding finding) {
        return switch (finding) {
            case Measured measured -> ClaimText.measured(measured);
            case Searched searched -> SearchText.measured(searched);
        };
    }

    /** {@return how many rules say what, the worst first} */
    private static String rules(final ClaimReport.Row row) {
        final Map<Verdict, Long> counts = row.findings().stream().collect(Collectors.groupingBy(
            Finding::verdict, () -> new TreeMap<Verdict, Long>(Comparator.reverseOrder()),
            Collectors.counting()));
        return counts.isEmpty() ? NONE : counts.entrySet().stream().map(one -> one.getValue() + " " + one.getKey())
            .collect(Collectors.joining(", "));
    }

    private static String pair(final double own, final Optional<Double> base) {
        return Figures.number(own) + base.map(value -> " / " + Figures.number(value)).orElse("");
    }

    private void rows() {
        String source = "";
        for (final ClaimReport.Row row : report.rows()) {
            final ClaimRow claim = row.claim();
            if (!claim.document().equals(source)) {
                source = claim.document();
                add("## " + text(source), "");
            }
            add("### Row " + claim.id(), "",
                "**" + capital(row.verdict().toString()) + "**: " + text(claim.mechanism()) + ": " + text(claim.claim())
                + (claim.baseline().equals(NONE) ? "." : "; compared with: " + text(claim.baseline()) + "."));
            if (row.verdict() == RowVerdict.NOT_MEASURABLE_HERE) {
                add("", capital(text(claim.undecidable().orElseThrow())) + ".");
            }
            if (row.verdict() == RowVerdict.NO_EXPERIMENT) {
                add("", "No rule of an experiment names this row.");
            }
            row.failures().forEach(name -> add("", "`" + name + "` gave no result, see [Experiments](#experiments)."));
            final Set<String> said = new HashSet<>();
            row.findings().forEach(finding -> finding(finding, said));
            add("");
        }
    }

    /** What was said of another rule of the row is not said again. */
    private void finding(final Finding finding, final Set<String> said) {
        final String again = switch (finding) {
            case Measured measured -> ClaimText.again(measured);
            case Searched searched -> SearchText.again(searched);
        };
        add("", "- **" + finding.verdict() + "**: " + text(finding.text()) + ". " + switch (finding) {
            case Measured measured -> ClaimText.decision(measured);
            case Searched searched -> SearchText.decision(searched);
        });
        Stream.concat(switch (finding) {
            case Measured measured -> ClaimText.explanation(measured).stream();
            case Searched searched -> SearchText.explanation(searched).stream();
        }, Stream.of("To run it again: `" + again + "`.")).filter(said::add).forEach(line -> add("  - " + line));
    }

    private void experiments() {
        add("## Experiments", "", "| Experiment | | Machines | Instructions |", "|---|---|--:|--:|");
        for (final ClaimReport.Experiment one : report.experiments()) {
            add(line("`" + one.name() + "`", text(one.title())
                + one.failure().map(ClaimMarkdown::failure).orElse(""),
                String.valueOf(one.runs()), String.valueOf(one.instructions())));
        }
        add(line("all", "", String.valueOf(report.experiments().stream().mapToInt(ClaimReport.Experiment::runs).sum()),
            String.valueOf(report.instructions())));
        if (!report.structures().isEmpty()) {
            add("", "| Structure | | Searches | Schedules |", "|---|---|--:|--:|");
            for (final ClaimReport.Structure one : report.structures()) {
                add(line("`" + one.name() + "`", text(one.title())
                    + one.failure().map(ClaimMarkdown::failure).orElse(""),
                    String.valueOf(one.searches()), String.valueOf(one.schedules())));
            }
        }
    }

    private static String failure(final String reason) {
        return ". **No result**: " + text(reason.strip().replaceAll("\\s*\\R\\s*", ": "));
    }

    private static String link(final ClaimReport.Row row) {
        return "[" + row.claim().id() + "](#row-" + row.claim().id() + ")";
    }

    private static String line(final String... cells) {
        return Stream.of(cells).map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |"));
    }

    /** {@return a text in which Markdown sees no marks of its own} */
    private static String text(final String plain) {
        return plain.replaceAll("([\\\\`*_\\[\\]<>])", "\\\\$1");
    }

    private static String capital(final String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
