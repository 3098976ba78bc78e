package ringside.console.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import ringside.profiler.calibrate.CalibrationReport;
import ringside.profiler.calibrate.CalibrationRow;
import ringside.profiler.calibrate.NativeResult;

/** A calibration for a reader: every snippet, the pairs, how good each model is, and what has no figure. */
public final class CalibrateTable {
    private static final String NOTHING = "-";
    private static final int LEAST_MODEL = 9;

    private final CalibrationReport report;
    private final List<String> lines = new ArrayList<>();

    private CalibrateTable(final CalibrationReport report) {
        this.report = report;
    }

    /**
     * {@return the tables, ending in a line feed}
     *
     * @param report what was measured and said
     */
    public static String of(final CalibrationReport report) {
        final CalibrateTable table = new CalibrateTable(report);
        table.snippets();
        table.pairs();
        table.models();
        table.notes();
        return table.lines.stream().map(String::stripTrailing).collect(Collectors.joining("\n", "", "\n"));
    }

    private void snippets() {
        add("Cycles of one iteration on %s, and by models", report.cpu());
        lines.add("");
        add("%-26s%9s%9s%8s%s", "", "instr.", "native", "spread", report.models().stream()
                .map(model -> String.format(Locale.ROOT, "  %" + width(model) + "s%8s", model, "error"))
                .collect(Collectors.joining()));
        for (final CalibrationRow row : report.rows()) {
            add("%-26s%9s%9s%8s%s", row.snippet(), figure(OptionalDouble.of(row.instructions())),
                    figure(row.cycles()), row.host() instanceof NativeResult.Measured measured
                            ? percent(measured.spread()) : NOTHING,
                    report.models().stream().map(model -> String.format(Locale.ROOT, "  %" + width(model) + "s%8s",
                            figure(row.estimates().get(model).cycles()), signed(row.error(model))))
                            .collect(Collectors.joining()));
        }
    }

    private void pairs() {
        if (report.pairs().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("Two ways to do the same: cycles of the second over those of the first");
        lines.add("");
        add("%-48s%9s%s", "", "native", report.models().stream()
                .map(model -> String.format(Locale.ROOT, "  %" + width(model) + "s", model))
                .collect(Collectors.joining()));
        for (final CalibrationReport.Pair pair : report.pairs()) {
            add("%-48s%9s%s", pair.second().snippet() + " / " + pair.first().snippet(), figure(pair.ratio()),
                    report.models().stream().map(model -> String.format(Locale.ROOT, "  %" + width(model) + "s",
                            figure(pair.ratio(model)) + (pair.decided() && pair.ratio(model).isPresent()
                                    ? pair.sameSign(model) ? " =" : " !" : "  "))).collect(Collectors.joining()));
        }
        lines.add("");
        lines.add("= the model finds the same one faster, ! it does not; unmarked where they differ by 10 % or less");
    }

    private void models() {
        lines.add("");
        for (final String model : report.models()) {
            final CalibrationReport.Quality quality = report.quality(model);
            if (quality.snippets() == 0) {
                add("%s: nothing to compare", model);
            } else {
                final long decided = report.pairs().stream().filter(CalibrationReport.Pair::decided).count();
                final long same = report.pairs().stream().filter(CalibrationReport.Pair::decided)
                        .filter(pair -> pair.sameSign(model)).count();
                add("%s: MAPE %s, median %s, worst %s, %s of %d snippets within 10 %%; %d of %d pairs right", model,
                        percent(quality.mean()), percent(quality.median()), percent(quality.worst()),
                        percent(quality.within10()), quality.snippets(), same, decided);
            }
        }
    }

    private void notes() {
        final List<String> notes = new ArrayList<>();
        for (final CalibrationRow row : report.rows()) {
            if (row.host() instanceof NativeResult.Dropped(String reason, boolean _)) {
                notes.add(row.snippet() + ": " + reason);
            }
            row.estimates().forEach((model, estimate) -> {
                if (estimate.cycles().isEmpty()) {
                    notes.add(row.snippet() + ": " + estimate.note());
                }
            });
        }
        final List<String> every = report.rows().stream().limit(1).flatMap(row -> notes.stream()
                .filter(note -> note.startsWith(row.snippet() + ": ")).map(note -> note.substring(
                        row.snippet().length() + 2))).filter(note -> notes.stream()
                                .filter(other -> other.endsWith(": " + note)).count() == report.rows().size()).toList();
        if (!notes.isEmpty()) {
            lines.add("");
            lines.add("Without a figure");
            every.forEach(note -> lines.add("  all of them: " + note));
            notes.stream().filter(note -> every.stream().noneMatch(common -> note.endsWith(": " + common)))
                    .forEach(note -> lines.add("  " + note));
        }
    }

    private static int width(final String model) {
        return Math.max(LEAST_MODEL, model.length());
    }

    private static String figure(final OptionalDouble value) {
        return value.isEmpty() ? NOTHING : String.format(Locale.ROOT, "%.2f", value.getAsDouble());
    }

    private static String percent(final double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    private static String signed(final OptionalDouble share) {
        return share.isEmpty() ? NOTHING : String.format(Locale.ROOT, "%+.0f %%", share.getAsDouble() * 100);
    }

    private void add(final String format, final Object... values) {
        lines.add(String.format(Locale.ROOT, format, values));
    }
}
