package ringside.console.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import ringside.fastpath.lab.LabResult;
import ringside.fastpath.lab.LabVariant;
import ringside.fastpath.lab.Point;
import ringside.profiler.model.Cause;
import ringside.profiler.profile.CauseCycles;
import ringside.profiler.profile.CpuRound;

/** Why a variant costs something else than the baseline, for people: every cycle gained or lost has its line. */
public final class LabDiffText {
    private static final String TOTAL = "%10s %10s %10s  %s";
    private static final int INDENT = 38;
    private static final String STEP = "%s %6s %6s %+6d  %-12s %s";

    private final LabDiff diff;
    private final String model;
    private final int columns;
    private final List<String> lines = new ArrayList<>();

    private String shown = "";

    private LabDiffText(final LabDiff diff, final String model, final int columns) {
        this.diff = diff;
        this.model = model;
        this.columns = columns;
    }

    /**
     * {@return the explanation of one variant, ending in a line feed}
     *
     * @param result  what an experiment found
     * @param variant which, not the baseline
     * @param where   at which parameters; of those that are left, where the cycles differ most
     * @param columns how wide
     * @throws IllegalArgumentException where there is no such round
     */
    public static String of(
            final LabResult result, final String variant, final Optional<Point> where, final int columns) {
        final List<LabDiff.Side> sides = sides(result, variant, where);
        final String model = result.declaration().models().isEmpty() ? "the machine's own clock"
            : result.declaration().models().getFirst().id();
        try (ImageCode before = code(result, sides.getFirst()); ImageCode after = code(result, sides.getLast())) {
            final LabDiffText text = new LabDiffText(
                LabDiff.of(sides.getFirst(), before, sides.getLast(), after), model, columns);
            text.write();
            return String.join("\n", text.lines.stream().map(String::stripTrailing).toList()) + "\n";
        }
    }

    private static List<LabDiff.Side> sides(
            final LabResult result, final String variant, final Optional<Point> where) {
        final String baseline = result.declaration().baseline().name();
        final List<LabDiff.Side> of = rounds(result, variant, where);
        final List<LabDiff.Side> base = rounds(result, baseline, where);
        return of.stream().flatMap(side -> base.stream().filter(one -> one.op().point().equals(side.op().point())
                && one.op().trial().equals(side.op().trial())).map(one -> List.of(one, side)))
            .max(Comparator.comparingLong((List<LabDiff.Side> pair) ->
                Math.abs(pair.getFirst().round().cycles() - pair.getLast().round().cycles())))
            .orElseThrow(() -> new IllegalArgumentException("no round of " + variant + " and " + baseline
                + where.map(point -> " at " + point).orElse("")));
    }

    private static List<LabDiff.Side> rounds(
            final LabResult result, final String variant, final Optional<Point> where) {
        final List<LabDiff.Side> found = new ArrayList<>();
        for (final LabVariant run : result.runs()) {
            if (run.variant().equals(variant)) {
                run.ops().stream().filter(op -> where.isEmpty()
                        || op.point().values().entrySet().containsAll(where.get().values().entrySet()))
                    .forEach(op -> found.add(new LabDiff.Side(variant, op)));
            }
        }
        return found;
    }

    private static ImageCode code(final LabResult result, final LabDiff.Side side) {
        return ImageCode.of(result.runs().stream().filter(run -> run.variant().equals(side.variant())
            && run.ops().contains(side.op())).findFirst().orElseThrow().image());
    }

    private void write() {
        final CpuRound old = diff.before().round();
        final CpuRound now = diff.after().round();
        final Point point = diff.after().op().point();
        lines.addAll(TextLines.wrap(diff.after().variant() + " against " + diff.before().variant()
            + (point.values().isEmpty() ? "" : " at " + point) + ": one round of the operation each, the median by "
            + model, columns, 0));
        lines.add("");
        lines.add(String.format(Locale.ROOT, TOTAL, "before", "after", "change", ""));
        total("instructions", old.instructions(), now.instructions());
        total("cycles", old.cycles(), now.cycles());
        final TreeSet<Cause> causes = new TreeSet<>(old.causes().cycles().keySet());
        causes.addAll(now.causes().cycles().keySet());
        causes.forEach(cause -> total("  " + cause.title(), old.causes().of(cause), now.causes().of(cause)));
        if (old.otherCycles() != 0 || now.otherCycles() != 0) {
            total("  of no instruction", old.otherCycles(), now.otherCycles());
        }
        lines.add("");
        if (!diff.aligned()) {
            lines.add("The paths are too long to be held against each other.");
            return;
        }
        group(LabDiff.Fate.REMOVED, "instructions are gone");
        group(LabDiff.Fate.ADDED, "are new");
        group(LabDiff.Fate.KEPT, "stayed");
        final long other = now.otherCycles() - old.otherCycles();
        if (other != 0) {
            lines.add(String.format(Locale.ROOT, "%+8d cycles: of no instruction", other));
        }
        lines.add(String.format(Locale.ROOT, "%+8d cycles in all", diff.cycles(LabDiff.Fate.REMOVED)
            + diff.cycles(LabDiff.Fate.ADDED) + diff.cycles(LabDiff.Fate.KEPT) + other));
        lines.add("");
        lines.add("Instructions as they retired; - gone, + new, ~ there and of another cost");
        lines.add(String.format(Locale.ROOT, "  %6s %6s %6s  %-12s", "before", "after", "change", "cause"));
        steps();
    }

    private void total(final String name, final long old, final long now) {
        lines.add(String.format(Locale.ROOT, TOTAL, old, now, String.format(Locale.ROOT, "%+d", now - old), name));
    }

    private void group(final LabDiff.Fate fate, final String what) {
        final CauseCycles causes = diff.causes(fate);
        lines.add(String.format(Locale.ROOT, "%+8d cycles: %d %s", diff.cycles(fate), diff.count(fate), what));
        if (!causes.isEmpty()) {
            lines.addAll(CauseText.wrapped(" ".repeat(17), CauseText.changes(causes), columns));
        }
    }

    private void steps() {
        int same = 0;
        long cycles = 0;
        for (final LabDiff.Step step : diff.steps()) {
            if (!step.isChanged()) {
                same++;
                cycles += step.after().orElseThrow().cycles();
                continue;
            }
            same(same, cycles);
            same = 0;
            cycles = 0;
            step(step);
        }
        same(same, cycles);
    }

    private void same(final int count, final long cycles) {
        if (count > 0) {
            lines.add(String.format(Locale.ROOT, "  %6d %6d %+6d  %-12s %d the same", cycles, cycles, 0, "", count));
        }
    }

    private void step(final LabDiff.Step step) {
        final String place = step.place() + step.source().map(source -> ", " + source.file()).orElse("");
        if (!place.equals(shown)) {
            shown = place;
            lines.add(ProfileText.cut(" ".repeat(Math.clamp(columns - place.length(), 0, INDENT)) + place, columns));
        }
        final String mark = switch (step.fate()) {
            case ADDED -> "+";
            case REMOVED -> "-";
            case KEPT -> "~";
        };
        final String cause = step.after().or(step::before).flatMap(LabDiff.Cost::cause).map(Cause::title).orElse("");
        final String was = step.before().flatMap(LabDiff.Cost::cause).map(Cause::title).orElse("");
        final String line = String.format(Locale.ROOT, STEP, mark, cycles(step.before()), cycles(step.after()),
            step.cycles(), cause, step.text());
        final String number = step.source().map(source -> ":" + source.line()).orElse("");
        final int room = columns - number.length() - 1;
        lines.add(number.isEmpty() ? ProfileText.cut(line, columns) : ProfileText.cut(line, room)
            + " ".repeat(Math.max(1, columns - number.length() - Math.min(room, line.length()))) + number);
        if (step.fate() == LabDiff.Fate.KEPT && !was.equals(cause)) {
            lines.add(" ".repeat(25) + "was " + was);
        }
    }

    private static String cycles(final Optional<LabDiff.Cost> cost) {
        return cost.map(one -> String.valueOf(one.cycles())).orElse("");
    }
}
