package ringside.console.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import ringside.fastpath.lab.Declaration;
import ringside.fastpath.lab.Judgement;
import ringside.fastpath.lab.LabResult;
import ringside.fastpath.lab.LabRow;
import ringside.fastpath.lab.Point;
import ringside.fastpath.lab.Spread;

/** What an experiment found, for a reader: verdicts first, then each window, causes and counters. 80 columns. */
public final class LabTable {
    private static final int WIDTH = 80;
    private static final int ROOM_FOR_PARAMETERS = 24;
    private static final int LONG_NAME = 6;
    private static final String CYCLES = "cycles.";
    private static final String CAUSE = "cause.";
    private static final String COUNTER = "counter.";

    private final LabResult result;
    private final Declaration declaration;
    private final boolean stable;
    private final List<String> lines = new ArrayList<>();

    private LabTable(final LabResult result) {
        this.result = result;
        declaration = result.declaration();
        stable = declaration.stable();
    }

    /**
     * {@return the tables, ending in a line feed}
     *
     * @param result what was found
     */
    public static String of(final LabResult result) {
        final LabTable table = new LabTable(result);
        table.lines.addAll(TextLines.wrap(table.declaration.name() + ": " + table.declaration.title(), WIDTH, 0));
        table.claims();
        for (final String window : table.windows()) {
            table.window(window);
        }
        table.notes();
        return table.lines.stream().map(String::stripTrailing).collect(Collectors.joining("\n", "", "\n"));
    }

    private void claims() {
        if (result.judgements().isEmpty()) {
            return;
        }
        lines.add("");
        for (final Judgement judgement : result.judgements()) {
            final String rows = String.join(", ", judgement.claim().rows());
            final List<String> text = TextLines.wrap((rows.isEmpty() ? "" : "row " + rows + ": ")
                    + judgement.claim().text() + " - " + found(judgement), WIDTH - 14, 0);
            lines.add(String.format(Locale.ROOT, "%-14s%s", judgement.verdict(), text.getFirst()));
            text.stream().skip(1).forEach(line -> lines.add(" ".repeat(14) + line));
        }
    }

    private static String found(final Judgement judgement) {
        final Judgement.Comparison worst = judgement.worst();
        final String where = worst.point().values().isEmpty() ? "" : " at " + worst.point();
        return judgement.claim().holds().map(formula -> formula + (worst.value() != 0 ? " holds" : " does not hold")
                        + where)
                .orElseGet(() -> judgement.claim().variant() + " "
                        + number(worst.value()) + ", " + judgement.claim().baseline() + " "
                        + number(worst.baseline()) + where + ": " + ratio(worst.ratio()) + " times better, claimed "
                        + number(judgement.claim().claimed().orElseThrow()));
    }

    private Set<String> windows() {
        final Set<String> windows = new LinkedHashSet<>();
        result.rows().stream().map(LabRow::window).filter(window -> !window.equals(Declaration.EMPTY)
                && !window.equals(Declaration.CONTROL)).forEach(windows::add);
        return windows;
    }

    private void window(final String window) {
        final List<LabRow> rows = result.rows().stream().filter(row -> row.window().equals(window)).toList();
        lines.add("");
        lines.add("window " + window + (stable ? "" : ", means of all rounds"));
        final TextColumns columns = new TextColumns(WIDTH);
        parameters(columns, rows);
        add(columns, rows, "instr", "instructions");
        for (final String model : models(rows)) {
            add(columns, rows, model, CYCLES + model);
        }
        columns.optional(compared(rows), rows, row -> ratio(row, rows));
        columns.optional("rounds", rows, row -> String.valueOf(row.rounds()));
        optional(columns, rows, "lines", "lines");
        for (final String model : models(rows)) {
            optional(columns, rows, "cold " + model, "cold." + model);
            optional(columns, rows, "first " + model, "first." + model);
            if (!stable) {
                columns.optional("p99", rows, row -> String.valueOf(row.metrics().get(CYCLES + model).p99()));
                columns.optional("max", rows, row -> String.valueOf(row.metrics().get(CYCLES + model).max()));
            }
        }
        optional(columns, rows, "reads", "reads");
        optional(columns, rows, "writes", "writes");
        lines.addAll(columns.lines());
        for (final String model : models(rows)) {
            more(rows, "cycles of " + model + " by cause", CAUSE + model + ".");
        }
        if (window.equals(Declaration.OP)) {
            more(rows, "counted by the guest, in the whole trial", COUNTER);
        }
    }

    /** Causes or counters, those with most first, as many as there is room for. */
    private void more(final List<LabRow> rows, final String title, final String prefix) {
        final SequencedMap<String, Double> sums = new LinkedHashMap<>();
        rows.forEach(row -> row.metrics().forEach((name, spread) -> {
            if (name.startsWith(prefix)) {
                sums.merge(name, spread.average(), Double::sum);
            }
        }));
        if (sums.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(title);
        final TextColumns columns = new TextColumns(WIDTH);
        parameters(columns, rows);
        sums.entrySet().stream().sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(one -> optional(columns, rows, one.getKey().substring(prefix.length()).replace('_', ' '),
                        one.getKey()));
        lines.addAll(columns.lines());
    }

    /** A column a parameter. Names that leave no room for what was found have a number there, which a line explains. */
    private void parameters(final TextColumns columns, final List<LabRow> rows) {
        final List<String> names = List.copyOf(rows.getFirst().point().values().keySet());
        final boolean wide = names.stream().mapToInt(String::length).sum() > ROOM_FOR_PARAMETERS;
        final List<String> explained = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            final String name = names.get(i);
            final boolean numbered = wide && name.length() > LONG_NAME;
            if (numbered) {
                explained.add("#" + (i + 1) + " is " + name);
            }
            columns.wanted(numbered ? "#" + (i + 1) : name, rows,
                    row -> String.valueOf(row.point().values().get(name)));
        }
        columns.text("variant", rows, LabRow::variant);
        if (!explained.isEmpty()) {
            lines.addAll(TextLines.wrap(String.join(", ", explained), WIDTH, 2));
        }
    }

    private void add(final TextColumns columns, final List<LabRow> rows, final String title, final String metric) {
        columns.wanted(title, rows, cell(metric));
    }

    private void optional(
            final TextColumns columns, final List<LabRow> rows, final String title, final String metric) {
        if (rows.stream().anyMatch(row -> row.metrics().containsKey(metric))) {
            columns.optional(title, rows, cell(metric));
        }
    }

    private Function<LabRow, String> cell(final String metric) {
        return row -> Optional.ofNullable(row.metrics().get(metric)).map(this::cell).orElse("0");
    }

    private String cell(final Spread spread) {
        return stable ? String.valueOf(spread.p50()) : number(spread.average());
    }

    private static List<String> models(final List<LabRow> rows) {
        return rows.getFirst().metrics().keySet().stream().filter(name -> name.startsWith(CYCLES))
                .map(name -> name.substring(CYCLES.length())).toList();
    }

    /** What the column of ratios compares: cycles of the first model, or instructions where there is none. */
    private static String compared(final List<LabRow> rows) {
        return models(rows).isEmpty() ? "instr/base" : models(rows).getFirst() + "/base";
    }

    private String ratio(final LabRow row, final List<LabRow> rows) {
        final String metric = models(rows).isEmpty() ? "instructions" : CYCLES + models(rows).getFirst();
        final Point point = row.point();
        return rows.stream().filter(other -> other.variant().equals(declaration.baseline().name())
                        && other.point().equals(point) && other.trial().equals(row.trial())).findFirst()
                .filter(base -> value(base, metric) != 0)
                .map(base -> ratio(value(row, metric) / value(base, metric))).orElse("-");
    }

    private double value(final LabRow row, final String metric) {
        final Spread spread = row.metrics().get(metric);
        return stable ? spread.p50() : spread.average();
    }

    private void notes() {
        lines.add("");
        final long empty = result.rows().stream().filter(row -> row.window().equals(Declaration.EMPTY))
                .mapToLong(LabRow::rounds).sum();
        final String measuring = empty == 0 ? "" : "Measuring costs nothing: " + empty
                + " windows around nothing had no instruction and no cycle. ";
        final List<LabRow> controls =
                result.rows().stream().filter(row -> row.window().equals(Declaration.CONTROL)).toList();
        final String control = controls.isEmpty() ? "There is no control arm. " : "The control arm took "
                + controls.getFirst().metrics().get("instructions").max() + " instructions in every variant. ";
        final String models = declaration.models().isEmpty() ? "" : "Instructions are facts; cycles are of "
                + declaration.models().stream().map(make -> make.id()).collect(Collectors.joining(", ")) + ". ";
        final String rounds = stable
                ? "All rounds after " + declaration.warmUp() + " of warm-up execute the same; cycles are the median"
                        + " of those at rest."
                : "Rounds after " + declaration.warmUp() + " of warm-up, on all CPUs together.";
        lines.addAll(TextLines.wrap(measuring + control + models + rounds, WIDTH, 0));
        excluded();
    }

    private void excluded() {
        for (final LabRow row : result.rows()) {
            row.excluded().forEach((what, count) -> lines.addAll(TextLines.wrap("Left out of " + row.window() + " of "
                    + (row.variant() + " " + row.point()).strip() + ": " + count + " with " + what + " inside.",
                    WIDTH, 2)));
        }
    }

    private static String ratio(final double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String number(final double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.1f", value);
    }
}
