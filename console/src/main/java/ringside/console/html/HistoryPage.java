package ringside.console.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import ringside.console.gate.GateText;
import ringside.console.gate.GateVerdict;
import ringside.console.history.PastRun;
import ringside.console.history.Series;

/** How numbers went from run to run, the report's own as the last: a line for each that changed, a table of others. */
final class HistoryPage {
    private static final int MOST_RUNS = 100;
    private static final int MOST_CHARTS = 120;
    private static final int MOST_ROWS = 2_000;
    private static final int REVISION = 10;
    private static final int MOST_WORDS = 4;

    private final List<PastRun> runs;
    private final List<String> labels = new ArrayList<>();

    private HistoryPage(final List<PastRun> runs) {
        this.runs = runs;
        runs.forEach(run -> labels.add((isOwn(run) ? "this run" : "run " + run.number())
            + (run.revision().isEmpty() ? ""
            : ", " + shortened(run.revision())) + (run.time().isEmpty() ? "" : ", " + run.time())));
    }

    static Map<String, Object> of(final List<ReportContent.Gate> gates) {
        return Values.of("histories", gates.stream().filter(gate -> !gate.past().isEmpty())
            .map(HistoryPage::gate).toList(), "none", gates.stream().allMatch(gate -> gate.past().isEmpty()));
    }

    private static Map<String, Object> gate(final ReportContent.Gate gate) {
        final List<PastRun> last = new ArrayList<>(gate.past().subList(
            Math.max(0, gate.past().size() - MOST_RUNS), gate.past().size()));
        last.add(gate.own());
        return new HistoryPage(last).page(gate.verdict());
    }

    /** {@return whether it is the report's own run, which is no database's} */
    private static boolean isOwn(final PastRun run) {
        return run.number() == 0;
    }

    /** {@return a commit as people say it} */
    private static String shortened(final String revision) {
        return revision.matches("[0-9a-f]{40,64}(-dirty)?")
            ? revision.substring(0, REVISION) + (revision.endsWith("-dirty") ? "-dirty" : "") : revision;
    }

    private Map<String, Object> page(final GateVerdict verdict) {
        final TreeSet<Series> all = new TreeSet<>();
        runs.forEach(run -> all.addAll(run.numbers().keySet()));
        final List<Line> moved = new ArrayList<>();
        final SortedMap<String, List<Line>> steady = new TreeMap<>();
        for (final Series series : all) {
            final Line line = line(series);
            if (line.changes() > 0) {
                moved.add(line);
            } else {
                steady.computeIfAbsent(series.path(), _ -> new ArrayList<>()).add(line);
            }
        }
        moved.sort(Comparator.comparingInt(Line::lastChange).reversed()
            .thenComparing(Comparator.comparingDouble(Line::swing).reversed()).thenComparing(Line::series));
        return Values.of("title", verdict.gate().title(), "count", GateText.count(runs.size() - 1, "run"),
            "runs", runs.reversed().stream().map(HistoryPage::run).toList(),
            "charts", moved.stream().limit(MOST_CHARTS).map(this::chart).toList(),
            "hasMore", moved.size() > MOST_CHARTS,
            "more", moved.stream().skip(MOST_CHARTS).limit(MOST_ROWS).map(line -> Values.of(
                "path", line.series.path(), "metric", line.series.metric(), "words", words(line))).toList(),
            "noneMoved", moved.isEmpty(), "hasSteady", !steady.isEmpty(),
            "steady", steady.entrySet().stream().limit(MOST_ROWS).map(path -> Values.of("path", path.getKey(),
                "numbers", path.getValue().stream().map(line -> line.series.metric() + " " + line.values.getLast())
                    .collect(Collectors.joining(", ")))).toList());
    }

    private static Map<String, Object> run(final PastRun run) {
        return Values.of("number", isOwn(run) ? "this" : run.number(), "revision", shortened(run.revision()),
            "time", run.time(),
            "program", run.program(), "state", run.shut() ? "worse" : "better", "word", run.shut() ? "shut" : "open",
            "models", String.join(", ", run.models().values()), "subjects", run.subjects().stream()
                .map(one -> one.name() + (one.sha256().isEmpty() ? "" : " " + one.sha256().substring(0, REVISION))
                    + (one.parameters().isEmpty() ? "" : " (" + one.parameters() + ")"))
                .collect(Collectors.joining("; ")));
    }

    /** A number's way through the runs that have it. */
    private record Line(Series series, List<Integer> places, List<Long> values) {
        int changes() {
            int changes = 0;
            for (int i = 1; i < values.size(); i++) {
                changes += values.get(i).equals(values.get(i - 1)) ? 0 : 1;
            }
            return changes;
        }

        int lastChange() {
            int at = values.size() - 1;
            while (at > 0 && values.get(at).equals(values.get(at - 1))) {
                at--;
            }
            return places.get(at);
        }

        long least() {
            return values.stream().mapToLong(Long::longValue).min().orElseThrow();
        }

        long most() {
            return values.stream().mapToLong(Long::longValue).max().orElseThrow();
        }

        double swing() {
            return ((double) most() - least()) / Math.max(1, Math.abs((double) least()));
        }
    }

    private Line line(final Series series) {
        final List<Integer> places = new ArrayList<>();
        final List<Long> values = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            final int place = i;
            Optional.ofNullable(runs.get(i).numbers().get(series)).ifPresent(value -> {
                places.add(place);
                values.add(value);
            });
        }
        return new Line(series, places, values);
    }

    private Map<String, Object> chart(final Line line) {
        final LineChart chart = new LineChart(runs.size(), line.least(), line.most());
        for (int i = 0; i < line.values.size(); i++) {
            chart.add(line.places.get(i), line.values.get(i), labels.get(line.places.get(i)) + ": "
                + line.values.get(i), isOwn(runs.get(line.places.get(i))));
        }
        return Values.of("path", line.series.path(), "metric", line.series.metric(), "words", words(line),
            "now", line.values.getLast(), "least", line.least(), "most", line.most(), "path_data", chart.path(),
            "points", chart.points(), "first", labels.getFirst(), "last", labels.getLast());
    }

    /** {@return where it changed, in words} */
    private String words(final Line line) {
        final List<String> words = new ArrayList<>();
        for (int i = line.values.size() - 1; i >= 0; i--) {
            if (i == 0 || !line.values.get(i).equals(line.values.get(i - 1))) {
                words.addFirst(line.values.get(i) + " from " + labels.get(line.places.get(i)));
            }
            if (words.size() == MOST_WORDS && i > 0) {
                words.addFirst("…");
                break;
            }
        }
        return String.join("; ", words);
    }
}
