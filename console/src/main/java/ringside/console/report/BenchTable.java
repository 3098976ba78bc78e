package ringside.console.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ringside.fastpath.experiment.Direction;
import ringside.fastpath.experiment.Experiment;
import ringside.fastpath.experiment.IpcReport;
import ringside.fastpath.experiment.IpcWindows;
import ringside.fastpath.experiment.Measurement;
import ringside.fastpath.experiment.PathKey;
import ringside.fastpath.experiment.Sel4;
import ringside.fastpath.experiment.Space;
import ringside.fastpath.experiment.Variant;
import ringside.profiler.profile.WindowCounts;

/** The bench's result for a reader: the answer first, then every path, then one path's phases. 80 columns. */
public final class BenchTable {
    private static final String ROW = "%-16s%8s%8s%9s%6s%6s%6s%7s%7s%7s";
    /** For a name longer than its column, beside a number shorter than its own. */
    private static final String WIDE_NAME = "%-17s%7s" + ROW.substring("%-16s%8s".length());
    private static final List<ToLongFunction<WindowCounts>> MEASURES = List.of(
            WindowCounts::kernelInstructions, counts -> counts.data().lines(), WindowCounts::cycles);

    private final IpcReport report;
    private final List<String> lines = new ArrayList<>();

    private BenchTable(final IpcReport report) {
        this.report = report;
    }

    /**
     * {@return the tables, ending in a line feed}
     *
     * @param report what was measured
     * @param chosen the path whose phases are shown
     */
    public static String of(final IpcReport report, final PathKey chosen) {
        final BenchTable table = new BenchTable(report);
        table.answer();
        table.paths();
        table.lines.add("");
        table.lines.addAll(PhaseTable.of(report.get(chosen)));
        table.notes();
        return table.lines.stream().map(String::stripTrailing).collect(Collectors.joining("\n", "", "\n"));
    }

    private void answer() {
        final long fast = oneWay(Variant.FAST_ASM).kernelInstructions();
        final long slow = oneWay(Variant.SLOW).kernelInstructions();
        add("A call into another address space: %d kernel instructions one way,", fast);
        add("%d there and back. Without the fast path %d one way, %s times as many.",
                trip(Variant.FAST_ASM).kernelInstructions(), slow, ratio(slow, fast));
        lines.add("");
    }

    private void paths() {
        add("%-16s%25s%18s%21s", "", "instructions, kernel+user", "data lines", "cycles (" + report.model() + ")");
        add(ROW, "", "call", "reply", "trip", "call", "reply", "trip", "call", "reply", "trip");
        nullSyscalls();
        signals("signal, nobody waits", Experiment.SIGNAL);
        signals("signal, a thread waits that is not more urgent", Experiment.WAKE);
        for (final Space space : Space.values()) {
            for (final int words : PathKey.WORDS) {
                lines.add("");
                add("%s, %d words", space == Space.SAME ? "same address space" : "other address space", words);
                for (final Variant variant : Variant.values()) {
                    row("  " + variant, directions(variant, space, words));
                }
                ratios(directions(Variant.SLOW, space, words), directions(Variant.FAST_ASM, space, words));
                if (space == Space.CROSS) {
                    sel4(words);
                }
            }
        }
    }

    private void nullSyscalls() {
        final List<WindowCounts> costs = Stream.of(Variant.values())
                .map(variant -> report.get(PathKey.nullSyscall(variant)).counts()).toList();
        if (costs.stream().distinct().count() == 1) {
            single("null system call", costs.getFirst());
            return;
        }
        lines.add("null system call");
        for (final Variant variant : Variant.values()) {
            single("  " + variant, costs.get(variant.ordinal()));
        }
    }

    private void signals(final String title, final Experiment experiment) {
        lines.add("");
        lines.add(title);
        for (final Variant variant : Variant.values()) {
            single("  " + variant, report.get(PathKey.single(experiment, variant)).counts());
        }
        final List<Object> cells = new ArrayList<>(List.of("  slow / fast-asm"));
        for (final ToLongFunction<WindowCounts> measure : MEASURES) {
            cells.addAll(List.of("", "", ratio(
                    measure.applyAsLong(report.get(PathKey.single(experiment, Variant.SLOW)).counts()),
                    measure.applyAsLong(report.get(PathKey.single(experiment, Variant.FAST_ASM)).counts()))));
        }
        add(WIDE_NAME, cells.toArray());
    }

    private void single(final String name, final WindowCounts counts) {
        add(ROW, name, "", "", shares(counts), "", "", counts.data().lines(), "", "", counts.cycles());
    }

    private void row(final String name, final List<WindowCounts> way) {
        final List<Object> cells = new ArrayList<>(List.of(name));
        way.forEach(counts -> cells.add(shares(counts)));
        way.forEach(counts -> cells.add(counts.data().lines()));
        way.forEach(counts -> cells.add(counts.cycles()));
        add(ROW, cells.toArray());
    }

    private void ratios(final List<WindowCounts> slow, final List<WindowCounts> fast) {
        final List<Object> cells = new ArrayList<>(List.of("  slow / fast-asm"));
        for (final ToLongFunction<WindowCounts> measure : MEASURES) {
            for (int i = 0; i < slow.size(); i++) {
                cells.add(ratio(measure.applyAsLong(slow.get(i)), measure.applyAsLong(fast.get(i))));
            }
        }
        add(WIDE_NAME, cells.toArray());
    }

    private void sel4(final int words) {
        final List<Object> cells = new ArrayList<>(List.of("  seL4, for scale"));
        for (final Direction direction : Direction.values()) {
            cells.add(Sel4.kernelInstructions(direction, words));
        }
        cells.addAll(List.of(Sel4.dataLines(), Sel4.dataLines(), "", "", "", ""));
        add(WIDE_NAME, cells.toArray());
    }

    private void notes() {
        lines.add("");
        lines.add("call: client's SYSCALL to the server's next instruction; reply: the server's");
        lines.add("SYSCALL, which replies and waits again, to the client's next instruction; trip:");
        lines.add("both and the server between them. A SYSCALL counts as the user's. Data lines:");
        lines.add("distinct 64-byte lines that the kernel reads or writes. Every path was executed");
        final List<Integer> rounds = report.measurements().stream().map(m -> m.window().rounds()).distinct().toList();
        add("%s times after %d of warm-up, each time the same.",
                rounds.size() == 1 ? rounds.getFirst() : rounds.stream().min(Integer::compare).get() + " or more",
                IpcWindows.WARM_UP);
        exclusions();
        lines.add("");
        lines.add("Instructions are facts; cycles are model " + report.model() + modelNote() + ".");
        lines.add("Images " + Stream.of(Variant.values())
                .map(variant -> variant + " " + Names.hash(report.images().get(variant)))
                .collect(Collectors.joining(", ")) + ".");
        add("seL4 is not ours, but for scale: its fast path at commit %s, built by gcc,", Sel4.COMMIT);
        lines.add("executed in the same engine. Unlike Bantam it decodes capabilities.");
    }

    private void exclusions() {
        for (final Measurement measurement : report.measurements()) {
            measurement.window().excluded().forEach((what, count) ->
                    add("Excluded from %s: %d with %s inside.", measurement.path(), count, what));
        }
    }

    private String modelNote() {
        return report.model().startsWith("unit") ? " (1 per instruction)" : "";
    }

    private WindowCounts oneWay(final Variant variant) {
        return report.get(PathKey.call(variant, Space.CROSS, 0, Direction.CALL)).counts();
    }

    private WindowCounts trip(final Variant variant) {
        return report.get(PathKey.call(variant, Space.CROSS, 0, Direction.ROUND_TRIP)).counts();
    }

    private List<WindowCounts> directions(final Variant variant, final Space space, final int words) {
        return Arrays.stream(Direction.values())
                .map(direction -> report.get(PathKey.call(variant, space, words, direction)).counts()).toList();
    }

    private static String shares(final WindowCounts counts) {
        return counts.kernelInstructions() + "+" + counts.userInstructions();
    }

    private static String ratio(final long slow, final long fast) {
        return fast == 0 ? "-" : String.format(Locale.ROOT, "%.2f", (double) slow / fast);
    }

    private void add(final String format, final Object... values) {
        lines.add(String.format(Locale.ROOT, format, values));
    }
}
