package ringside.console.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import ringside.fastpath.experiment.Experiment;
import ringside.fastpath.experiment.IpcReport;
import ringside.fastpath.experiment.Measurement;
import ringside.fastpath.experiment.PathKey;
import ringside.fastpath.experiment.Space;
import ringside.fastpath.experiment.Variant;
import ringside.profiler.profile.DataFootprint;
import ringside.profiler.profile.PathStep;
import ringside.profiler.profile.PhaseShare;
import ringside.profiler.profile.Trial;
import ringside.profiler.profile.WindowCounts;
import ringside.profiler.profile.WindowProfile;

/** A report with numbers made up, of the size that real ones have. */
final class SampleReport {
    private static final List<String> PHASES =
            List.of("entry", "checks", "dequeue", "reply_link", "copy", "switch", "exit");

    private SampleReport() {
    }

    static IpcReport report() {
        return report(UnaryOperator.identity());
    }

    static IpcReport report(final UnaryOperator<Measurement> change) {
        return new IpcReport("unit-1", 7, new TreeMap<>(Map.of(
                Variant.FAST_ASM, "a1".repeat(32), Variant.FAST_GENERATED, "b2".repeat(32),
                Variant.SLOW, "c3".repeat(32))),
                PathKey.all().stream().map(SampleReport::measure).map(change).toList());
    }

    static Measurement with(final PathKey path, final WindowCounts counts, final SortedMap<String, Integer> excluded) {
        return new Measurement(path, new WindowProfile(new Trial(0, 0, 0), path.direction().toString(),
                48 - excluded.values().stream().mapToInt(Integer::intValue).sum(), 16, excluded, counts,
                List.of(new PathStep(0x400000, 3, "", 1))));
    }

    private static Measurement measure(final PathKey path) {
        return with(path, switch (path.experiment()) {
            case NULL_SYSCALL -> nullSyscall();
            case SIGNAL, WAKE -> signal(path);
            case CALL -> call(path);
        }, new TreeMap<>());
    }

    private static WindowCounts signal(final PathKey path) {
        final int slow = path.variant() == Variant.SLOW ? 5 : 1;
        final long wakes = path.experiment() == Experiment.WAKE ? 12 : 0;
        return counts(List.of(11L * slow, 13L * slow, wakes * slow, 0L, 0L, wakes * slow, 9L), 1, 6 * slow);
    }

    private static WindowCounts nullSyscall() {
        return counts(List.of(20L, 0L, 0L, 0L, 0L, 0L, 18L), 2, 5);
    }

    private static WindowCounts call(final PathKey path) {
        final int slow = path.variant() == Variant.SLOW ? 7 : 1;
        final long cr3 = path.space() == Space.CROSS ? 3 : 0;
        final List<Long> oneWay = new ArrayList<>(List.of(21L, 31L * slow, 9L * slow, 12L * slow,
                (long) path.words(), (20 + cr3) * slow, 19L));
        return switch (path.direction()) {
            case CALL -> counts(oneWay, 1, 14 * slow);
            case REPLY_RECV -> counts(oneWay.stream().map(i -> i + 2).toList(), 1, 15 * slow);
            case ROUND_TRIP -> counts(oneWay.stream().map(i -> i * 2 + 2).toList(), 12, 19 * slow);
        };
    }

    private static WindowCounts counts(final List<Long> phases, final long user, final int lines) {
        final long kernel = phases.stream().mapToLong(Long::longValue).sum();
        final List<PhaseShare> shares = new ArrayList<>();
        for (int i = 0; i < PHASES.size(); i++) {
            shares.add(new PhaseShare(PHASES.get(i), phases.get(i), phases.get(i)));
        }
        return new WindowCounts(kernel, user, kernel, kernel + user,
                new DataFootprint(lines, lines * 2L, lines + 3L), shares, 0);
    }
}
