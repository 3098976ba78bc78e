package ringside.console.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import ringside.profiler.profile.Distribution;
import ringside.profiler.profile.SwitchGroup;
import ringside.profiler.profile.SwitchPart;

/** What context switches are made of: a bar and a table for each kind of them. */
final class SwitchPage {
    private static final int MOST_GROUPS = 24;
    private static final double WIDTH = 600;

    private SwitchPage() {
    }

    static Map<String, Object> of(final List<ReportContent.Gate> gates) {
        final List<Map<String, Object>> guests = gates.stream().flatMap(gate -> gate.guests().stream())
            .filter(guest -> !guest.switches().isEmpty()).map(SwitchPage::guest).toList();
        return Values.of("guests", guests, "none", guests.isEmpty(), "legend", Stream.of(SwitchPart.values())
            .map(part -> Values.of("index", part.ordinal(), "part", part.title())).toList());
    }

    private static Map<String, Object> guest(final GuestFigures guest) {
        return Values.of("name", guest.name(), "model", guest.profile().model(),
            "count", guest.switches().stream().mapToLong(group -> group.cycles().count()).sum(),
            "leftOut", guest.switches().size() > MOST_GROUPS
                ? List.of(String.valueOf(guest.switches().size() - MOST_GROUPS)) : List.of(),
            "groups", guest.switches().stream().sorted(Comparator.comparingLong(
                (SwitchGroup group) -> group.cycles().count()).reversed()).limit(MOST_GROUPS)
                .map(SwitchPage::group).toList());
    }

    private static Map<String, Object> group(final SwitchGroup group) {
        final List<Map<String, Object>> bars = new ArrayList<>();
        final List<Map<String, Object>> rows = new ArrayList<>();
        final long count = group.cycles().count();
        double at = 0;
        for (final SwitchGroup.Part part : group.parts()) {
            final double width = average(part.cycles()) / Math.max(1, average(group.cycles())) * WIDTH;
            if (width > 0) {
                bars.add(Values.of("index", part.part().ordinal(), "x", number(at), "width", number(width),
                    "title", part.part().title() + ": " + number(average(part.cycles())) + " cycles"));
            }
            at += width;
            rows.add(row(part.part().title(), part.part().ordinal(), (double) part.instructions() / count,
                (double) part.misses() / count, part.cycles()));
        }
        final long instructions = group.parts().stream().mapToLong(SwitchGroup.Part::instructions).sum();
        final long misses = group.parts().stream().mapToLong(SwitchGroup.Part::misses).sum();
        final Map<String, Object> whole = row("whole", -1, (double) instructions / count, (double) misses / count,
            group.cycles());
        return Values.of("title", "CPU " + group.cpu() + ", " + group.entry()
            + (group.toIdle() ? " into a wait" : ""), "count", count, "average", number(average(group.cycles())),
            "bars", bars, "rows", rows, "whole", whole);
    }

    private static Map<String, Object> row(final String name, final int index, final double instructions,
            final double misses, final Distribution cycles) {
        return Values.of("name", name, "index", index, "instructions", number(instructions),
            "misses", number(misses), "average", number(average(cycles)), "min", cycles.min(), "p50", cycles.p50(),
            "p90", cycles.p90(), "p99", cycles.p99(), "max", cycles.max());
    }

    private static double average(final Distribution cycles) {
        return cycles.count() == 0 ? 0 : (double) cycles.sum() / cycles.count();
    }

    private static String number(final double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
