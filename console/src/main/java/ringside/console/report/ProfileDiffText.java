package ringside.console.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import ringside.profiler.model.Cause;
import ringside.profiler.profile.CauseCycles;
import ringside.profiler.profile.CodeProfile;

/** A difference of two profiles for people. */
public final class ProfileDiffText {
    /** Columns before an instruction's text. */
    private static final int NUMBERS = 26;

    private final ProfileDiff diff;
    private final int columns;
    private final List<String> lines = new ArrayList<>();

    private ProfileDiffText(final ProfileDiff diff, final int columns) {
        this.diff = diff;
        this.columns = columns;
    }

    /**
     * {@return the differences, ending in a line feed}
     *
     * @param diff    of two profiles
     * @param top     how many routines at most
     * @param columns how wide
     */
    public static String of(final ProfileDiff diff, final int top, final int columns) {
        final ProfileDiffText text = new ProfileDiffText(diff, columns);
        text.write(top);
        return String.join("\n", text.lines) + "\n";
    }

    private void write(final int top) {
        final CodeProfile old = diff.before().profile();
        final CodeProfile now = diff.after().profile();
        final String unit = "cycles (" + now.model() + ")";
        lines.add("- " + diff.before().title());
        lines.add("+ " + diff.after().title());
        lines.add("");
        lines.add(String.format(Locale.ROOT, "%14s %14s %14s", "before", "after", "change"));
        total("instructions", old.totalInstructions(), now.totalInstructions());
        total(unit, old.totalCycles(), now.totalCycles());
        lines.add("");
        if (diff.hasCauses()) {
            causes(old.causes(), now.causes());
        } else {
            lines.add(now.model() + " knows no causes of cycles; --model zen4 does.");
            lines.add("");
        }
        final List<ProfileDiff.Routine> all = diff.routines();
        if (all.isEmpty()) {
            lines.add("No routine differs.");
            return;
        }
        lines.add("By routine, " + unit + (all.size() > top
            ? ", the " + top + " of " + all.size() + " that differ most" : ", where they differ"));
        lines.add(String.format(Locale.ROOT, "%14s %14s %14s  %s", "before", "after", "change", "routine"));
        final List<ProfileDiff.Routine> shown = all.subList(0, Math.min(top, all.size()));
        shown.forEach(routine -> total(routine.name(), routine.before().cycles(), routine.after().cycles()));
        shown.forEach(this::routine);
    }

    private void causes(final CauseCycles old, final CauseCycles now) {
        lines.add("By cause, where it differs");
        lines.add(String.format(Locale.ROOT, "%14s %14s %14s  %s", "before", "after", "change", "cause"));
        diff.causes().cycles().entrySet().stream()
            .sorted(Comparator.comparingLong((Map.Entry<Cause, Long> one) -> -Math.abs(one.getValue()))
                .thenComparing(Map.Entry::getKey))
            .forEach(one -> total(one.getKey().title(), old.of(one.getKey()), now.of(one.getKey())));
        lines.add("");
    }

    private void total(final String name, final long old, final long now) {
        add(String.format(Locale.ROOT, "%14d %14d %+14d  %s", old, now, now - old, name));
    }

    private void add(final String line) {
        lines.add(ProfileText.cut(line, columns));
    }

    private void routine(final ProfileDiff.Routine routine) {
        switch (routine.alignment()) {
            case ONLY_BEFORE -> only(routine, "only before");
            case ONLY_AFTER -> only(routine, "only after");
            case TOO_LONG -> only(routine, "too long to be compared");
            case ALIGNED -> steps(routine);
            default -> { }
        }
    }

    private void only(final ProfileDiff.Routine routine, final String why) {
        lines.add("");
        add(routine.name() + ": " + why);
    }

    private void steps(final ProfileDiff.Routine routine) {
        lines.add("");
        add(String.format(Locale.ROOT, "%s: %d instructions added, %d removed, %d of another cost", routine.name(),
            count(routine, ProfileDiff.Fate.ADDED), count(routine, ProfileDiff.Fate.REMOVED),
            count(routine, ProfileDiff.Fate.CHANGED)));
        final CauseCycles causes = routine.after().causes().minus(routine.before().causes());
        if (!causes.isEmpty()) {
            lines.addAll(CauseText.wrapped("by cause: ", CauseText.changes(causes), columns));
        }
        if (!routine.steps().isEmpty()) {
            lines.add(String.format(Locale.ROOT, "  %11s %11s", "executions", "cycles"));
        }
        for (final ProfileDiff.Step step : routine.steps()) {
            add(String.format(Locale.ROOT, "%s %+11d %+11d  %s", mark(step.fate()), step.executions(), step.cycles(),
                step.text()));
            if (!step.causes().isEmpty()) {
                lines.addAll(CauseText.wrapped(" ".repeat(NUMBERS + 2), CauseText.changes(step.causes()), columns));
            }
        }
    }

    private static long count(final ProfileDiff.Routine routine, final ProfileDiff.Fate fate) {
        return routine.steps().stream().filter(step -> step.fate() == fate).count();
    }

    private static String mark(final ProfileDiff.Fate fate) {
        return switch (fate) {
            case ADDED -> "+";
            case REMOVED -> "-";
            case CHANGED -> "~";
        };
    }
}
