package ringside.fastpath.lab;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import ringside.fastpath.experiment.GuestFailedException;
import ringside.profiler.model.Cause;
import ringside.profiler.model.Microarchitecture;
import ringside.profiler.profile.CpuRound;
import ringside.profiler.profile.CpuWindow;
import ringside.profiler.profile.DataFootprint;
import ringside.profiler.profile.Settling;
import ringside.profiler.profile.Trial;

/** Makes rows of one run: rounds of all CPUs in which the same trial was, put together. */
final class Rows {
    private final Declaration declaration;
    private final LabRun run;

    /** A row's name in one run. */
    private record Key(Trial trial, String window) {
    }

    private Rows(final Declaration declaration, final LabRun run) {
        this.declaration = declaration;
        this.run = run;
    }

    /**
     * {@return the rows of a run, trials in the order they began, windows in the declaration's}
     *
     * @throws GuestFailedException where the rounds of a stable experiment differ, or a window has none to report
     */
    static List<LabRow> of(final Declaration declaration, final LabRun run) {
        return new Rows(declaration, run).rows();
    }

    /** {@return the run with a round of the operation for each trial} */
    static LabVariant operations(final Declaration declaration, final LabRun run) {
        final Rows rows = new Rows(declaration, run);
        final List<LabVariant.Op> ops = new ArrayList<>();
        for (final Trial trial : run.counted().stream().map(CpuWindow::trial).distinct().toList()) {
            final Key key = new Key(trial, Declaration.OP);
            final List<CpuWindow> windows = run.counted().stream().filter(window -> window.trial().equals(trial)
                    && window.window().equals(Declaration.OP)).toList();
            final List<CpuRound> rounds = rows.rest(rows.rounds(key, windows,
                    run.followed().isEmpty() ? run.counted() : run.followed().getFirst()));
            if (!rounds.isEmpty() && median(rounds).path().length() > 0) {
                ops.add(new LabVariant.Op(rows.point(trial), trial, median(rounds)));
            }
        }
        return new LabVariant(run.variant().name(), run.point(), run.image(), run.instructions(), ops);
    }

    private List<LabRow> rows() {
        final SequencedMap<Key, List<CpuWindow>> found = new LinkedHashMap<>();
        for (final CpuWindow window : run.counted()) {
            found.computeIfAbsent(new Key(window.trial(), window.window()), _ -> new ArrayList<>()).add(window);
        }
        if (found.keySet().stream().noneMatch(key -> key.window.equals(Declaration.OP))) {
            throw new GuestFailedException(name() + ": the guest ended without measuring the window "
                    + Declaration.OP + " in any trial");
        }
        final List<LabRow> rows = new ArrayList<>();
        found.forEach((key, windows) -> rows.add(row(key, windows)));
        final List<Trial> trials = rows.stream().map(LabRow::trial).distinct().toList();
        final List<String> names = declaration.windows().stream().map(one -> one.name()).toList();
        rows.sort(Comparator.<LabRow>comparingInt(row -> trials.indexOf(row.trial()))
                .thenComparingInt(row -> names.indexOf(row.window())));
        return rows;
    }

    private LabRow row(final Key key, final List<CpuWindow> windows) {
        final List<CpuRound> counted = new ArrayList<>();
        final TreeMap<String, Integer> excluded = new TreeMap<>();
        for (final CpuWindow window : windows) {
            for (final CpuRound round : window.rounds()) {
                if (isReported(key, round)) {
                    counted.add(round);
                } else if (round.number() > warmUp(key)) {
                    excluded.merge(round.disturbance(), 1, Integer::sum);
                }
            }
        }
        if (counted.isEmpty()) {
            throw new GuestFailedException(name(key) + " has no round to report: " + warmUp(key)
                    + " are warm-up" + words(excluded));
        }
        if (declaration.stable()) {
            counted.forEach(round -> requireSame(key, counted.getFirst(), round));
        }
        final SequencedMap<String, Spread> metrics = new LinkedHashMap<>();
        metrics.put(MetricName.INSTRUCTIONS, spread(counted, CpuRound::instructions));
        metrics.put(MetricName.KERNEL, spread(counted, CpuRound::kernelInstructions));
        metrics.put(MetricName.USER, spread(counted, CpuRound::userInstructions));
        metrics.put(MetricName.LINES, spread(counted, round -> round.data().lines()));
        metrics.put(MetricName.READS, spread(counted, round -> round.data().reads()));
        metrics.put(MetricName.WRITES, spread(counted, round -> round.data().writes()));
        metrics.put(MetricName.CYCLES, spread(counted, CpuRound::cycles));
        final SortedMap<String, Integer> settled = new TreeMap<>();
        for (int i = 0; i < declaration.models().size(); i++) {
            follow(key, windows, i, metrics, settled);
        }
        run.reports().counters(key.trial).forEach((counter, value) ->
                metrics.put(MetricName.COUNTER + counter, Spread.of(value)));
        return new LabRow(run.variant().name(), point(key.trial), key.trial, key.window, warmUp(key), excluded,
                metrics, settled);
    }

    /** What one model says. */
    private void follow(final Key key, final List<CpuWindow> windows, final int model,
            final SequencedMap<String, Spread> metrics, final SortedMap<String, Integer> settled) {
        final Microarchitecture make = declaration.models().get(model);
        final List<CpuRound> all = rounds(key, windows, run.followed().get(model));
        final List<CpuRound> rest = rest(all);
        if (declaration.stable()) {
            settled.put(MetricName.model(make), settling(all).after());
        }
        metrics.put(MetricName.cycles(make), spread(rest, CpuRound::cycles));
        causes(make, declaration.stable() ? List.of(median(rest)) : rest, metrics);
        metrics.put(MetricName.first(make), Spread.of(windows.stream()
                .map(window -> LabRun.same(run.followed().get(model), window).rounds().getFirst())
                .mapToLong(CpuRound::cycles).toArray()));
        if (declaration.cold() && key.window.equals(Declaration.OP)) {
            metrics.put(MetricName.cold(make),
                    spread(rounds(key, windows, run.cold().get(model)), CpuRound::cycles));
        }
    }

    /** {@return of a stable experiment the rounds at rest, or the second half where they come to none} */
    private List<CpuRound> rest(final List<CpuRound> all) {
        if (!declaration.stable()) {
            return all;
        }
        final Settling settling = settling(all);
        return all.subList(settling.settled() ? settling.after() : all.size() / 2, all.size());
    }

    private static Settling settling(final List<CpuRound> all) {
        return Settling.of(all.stream().mapToLong(CpuRound::cycles).toArray());
    }

    /** Cycles by cause; what no instruction took is waiting, or the delivery of what fell in. */
    private static void causes(
            final Microarchitecture make, final List<CpuRound> rounds, final SequencedMap<String, Spread> metrics) {
        final TreeSet<Cause> met = new TreeSet<>();
        rounds.forEach(round -> met.addAll(round.causes().cycles().keySet()));
        for (final Cause cause : met) {
            metrics.put(MetricName.cause(make, cause), spread(rounds, round -> round.causes().of(cause)));
        }
        if (rounds.stream().anyMatch(round -> round.otherCycles() != 0)) {
            metrics.put(MetricName.otherCause(make), spread(rounds, CpuRound::otherCycles));
        }
    }

    private List<CpuRound> rounds(final Key key, final List<CpuWindow> windows, final List<CpuWindow> source) {
        final List<CpuRound> found = new ArrayList<>();
        for (final CpuWindow window : windows) {
            LabRun.same(source, window).rounds().stream().filter(round -> isReported(key, round)).forEach(found::add);
        }
        return found;
    }

    /** {@return the round whose cost is the median's, the first of equals} */
    static CpuRound median(final List<CpuRound> rounds) {
        final long cycles = spread(rounds, CpuRound::cycles).p50();
        return rounds.stream().filter(round -> round.cycles() == cycles).findFirst().orElseThrow();
    }

    private boolean isReported(final Key key, final CpuRound round) {
        return round.number() > warmUp(key) && (!declaration.stable() || round.disturbance().isEmpty());
    }

    private int warmUp(final Key key) {
        return key.window.equals(Declaration.TRIAL) ? 0 : declaration.warmUp();
    }

    private void requireSame(final Key key, final CpuRound first, final CpuRound round) {
        final boolean same = first.kernelInstructions() == round.kernelInstructions()
                && first.userInstructions() == round.userInstructions() && first.cycles() == round.cycles()
                && first.data().equals(round.data()) && first.route() == round.route();
        if (!same) {
            throw new GuestFailedException(name(key) + ", round " + round.number() + " differs from round "
                    + first.number() + ": instructions " + round.instructions() + ", was " + first.instructions()
                    + "; data " + words(round.data()) + ", was " + words(first.data())
                    + "; an experiment whose rounds may differ says stable = false");
        }
    }

    private static String words(final SortedMap<String, Integer> excluded) {
        return excluded.entrySet().stream().map(one -> ", " + one.getValue() + " left out for " + one.getKey())
                .collect(Collectors.joining());
    }

    private static String words(final DataFootprint data) {
        return "lines " + data.lines() + ", reads " + data.reads() + ", writes " + data.writes();
    }

    private Point point(final Trial trial) {
        Point point = run.point();
        final List<Long> numbers = List.of(trial.first(), trial.second(), trial.third());
        for (int i = 0; i < declaration.trials().size(); i++) {
            point = point.with(declaration.trials().get(i), numbers.get(i));
        }
        return point;
    }

    private String name() {
        return (run.variant().name() + " " + run.point()).strip();
    }

    private String name(final Key key) {
        return name() + ": the window " + key.window + " of " + key.trial;
    }

    private static Spread spread(final List<CpuRound> rounds, final ToLongFunction<CpuRound> what) {
        return Spread.of(rounds.stream().mapToLong(what).toArray());
    }
}
