package ringside.console.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import ringside.fastpath.lab.LabResult;
import ringside.fastpath.lab.LabRow;
import ringside.fastpath.lab.Spread;

/** What an experiment found as lines of comma-separated values: a line for each metric of each window. */
public final class LabCsv {
    private static final List<String> AFTER =
            List.of("window", "metric", "count", "sum", "min", "p50", "p90", "p99", "max");

    private LabCsv() {
    }

    /**
     * {@return the lines, the names of the columns first}
     *
     * @param result what was found
     */
    public static String of(final LabResult result) {
        final List<String> lines = new ArrayList<>();
        final List<String> head = new ArrayList<>(List.of("experiment"));
        head.addAll(result.rows().getFirst().point().values().keySet());
        head.add("variant");
        head.addAll(AFTER);
        lines.add(String.join(",", head));
        for (final LabRow row : result.rows()) {
            row.metrics().forEach((metric, spread) ->
                    lines.add(line(result.declaration().name(), row, metric, spread)));
        }
        return lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(
            final String experiment, final LabRow row, final String metric, final Spread spread) {
        final List<String> cells = new ArrayList<>(List.of(experiment));
        for (final Map.Entry<String, Long> one : row.point().values().entrySet()) {
            cells.add(one.getValue().toString());
        }
        cells.addAll(List.of(row.variant(), row.window(), metric));
        for (final long value : new long[] {spread.count(), spread.sum(), spread.min(), spread.p50(), spread.p90(),
            spread.p99(), spread.max()}) {
            cells.add(String.valueOf(value));
        }
        return String.join(",", cells);
    }
}
