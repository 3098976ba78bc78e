package ringside.console.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import ringside.profiler.profile.Distribution;
import ringside.profiler.profile.SwitchGroup;
import ringside.profiler.profile.SwitchProfiler;

/** Context switches taken apart, for a reader: a table for each CPU and for each thing the kernel was entered for. */
public final class SwitchText {
    private static final String ROW = "  %-14s%8s%8s%8s%8s%8s%8s%8s%8s";

    private SwitchText() {
    }

    /**
     * {@return the tables, ending in a line feed}
     *
     * @param groups the switches
     * @param title  first line up to the colon
     * @param model  name of the cycle model
     * @param most   tables at most
     */
    public static String of(final List<SwitchGroup> groups, final String title, final String model, final int most) {
        final List<String> lines = new ArrayList<>();
        lines.add(title);
        lines.add(String.format(Locale.ROOT, "%d switches in %d groups; cycles are those of %s",
            groups.stream().mapToLong(group -> group.cycles().count()).sum(), groups.size(), model));
        groups.stream().limit(most).forEach(group -> table(group, lines));
        if (groups.size() > most) {
            lines.add("");
            lines.add("and " + (groups.size() - most) + " groups more");
        }
        lines.add("");
        if (groups.isEmpty()) {
            lines.add("No visit to the kernel left to another thread or address space.");
        } else {
            notes(lines);
        }
        return lines.stream().map(String::stripTrailing).collect(Collectors.joining("\n", "", "\n"));
    }

    private static void table(final SwitchGroup group, final List<String> lines) {
        lines.add("");
        lines.add(String.format(Locale.ROOT, "CPU %d, %s%s: %d switch%s", group.cpu(), group.entry(),
            group.toIdle() ? " into a wait" : "", group.cycles().count(), group.cycles().count() == 1 ? "" : "es"));
        lines.add(String.format(Locale.ROOT, ROW, "", "instr.", "misses", "avg", "min", "p50", "p90", "p99", "max"));
        for (final SwitchGroup.Part part : group.parts()) {
            lines.add(row(part.part().title(), mean(part.instructions(), group), mean(part.misses(), group),
                part.cycles()));
        }
        lines.add(row("whole", mean(group.parts().stream().mapToLong(SwitchGroup.Part::instructions).sum(), group),
            mean(group.parts().stream().mapToLong(SwitchGroup.Part::misses).sum(), group), group.cycles()));
    }

    private static String row(
            final String name, final String instructions, final String misses, final Distribution cycles) {
        return String.format(Locale.ROOT, ROW, name, instructions, misses,
            String.format(Locale.ROOT, "%.1f", cycles.count() == 0 ? 0 : (double) cycles.sum() / cycles.count()),
            cycles.min(), cycles.p50(), cycles.p90(), cycles.p99(), cycles.max());
    }

    private static String mean(final long sum, final SwitchGroup group) {
        return String.format(Locale.ROOT, "%.1f", (double) sum / group.cycles().count());
    }

    private static void notes(final List<String> lines) {
        lines.add("For each switch the parts add up to the whole. instr. and misses: averages, of");
        lines.add("instructions and of cycles due to caches, memory and other cores. misses after:");
        lines.add("such cycles of the next thread, up to its next entry into the kernel, in at most");
        lines.add(SwitchProfiler.FOLLOWED + " instructions; its other cycles are no part of the switch.");
    }
}
