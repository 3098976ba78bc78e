package ringside.console.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import ringside.emulator.event.EventKind;
import ringside.profiler.trace.EventRow;
import ringside.profiler.trace.EventText;
import ringside.profiler.trace.Stretch;
import ringside.profiler.trace.Trace;
import ringside.profiler.trace.TraceHead;

/** What a recording holds, for a person. */
public final class TraceText {
    private static final int MOST_CHECKPOINTS = 40;
    private static final int NAME_COLUMNS = 10;
    private static final int HASH_SHOWN = 16;
    private static final int MOST_DETAILS = 12;

    private TraceText() {
    }

    /**
     * {@return the text, ending in a line feed}
     *
     * @param trace what was recorded
     */
    public static String of(final Trace trace) {
        final StringBuilder text = new StringBuilder();
        final TraceHead head = trace.head();
        line(text, "recorded", "by Ringside " + head.build() + ", behaviour " + head.behaviour());
        line(text, "image", head.image().isEmpty() ? "Bantam" : head.image());
        line(text, "sha256", head.sha256());
        line(text, "make", head.make());
        line(text, "options", head.arguments().isEmpty() ? "none" : String.join(" ", head.arguments()));
        line(text, "input", trace.input().bytes() + " bytes at " + trace.input().entries().size() + " places");
        line(text, "steps", trace.steps() + ", a checkpoint every " + head.interval());
        line(text, "events", head.events() ? ReplayText.events(trace) + " recorded" : "not recorded");
        line(text, "end", trace.end().map(end -> end.result()).orElse("none: the recording was not closed"));
        text.append(String.format(Locale.ROOT, "%n%14s %14s  %-18s%s%n", "step", "cycle", "state", "at"));
        final int rip = head.registers().indexOf("RIP");
        final List<Stretch> all = trace.stretches();
        for (int i = 0; i < all.size(); i++) {
            if (i < MOST_CHECKPOINTS || i == all.size() - 1) {
                final var end = all.get(i).end();
                text.append(String.format(Locale.ROOT, "%14d %14d  %s  %s%n", end.steps(), end.cycles(),
                    end.hash().substring(0, HASH_SHOWN), rip < 0 ? "" : trace.symbols().format(
                        end.registers().get(end.cpu())[rip])));
            } else if (i == MOST_CHECKPOINTS) {
                text.append(String.format(Locale.ROOT, "%14s %d more%n", "...", all.size() - MOST_CHECKPOINTS - 1));
            }
        }
        text.append(String.format(Locale.ROOT, "%n%14s  %s%n", "times", "what happened"));
        for (final EventKind kind : EventKind.values()) {
            kind(text, trace, kind);
        }
        return text.toString();
    }

    /** How often events of a kind came, and of which details: the most frequent ones. */
    private static void kind(final StringBuilder text, final Trace trace, final EventKind kind) {
        final Map<String, Long> counts = counts(trace, kind);
        if (counts.isEmpty()) {
            return;
        }
        final long all = counts.values().stream().mapToLong(Long::longValue).sum();
        text.append(String.format(Locale.ROOT, "%14d  %s%n", all, EventText.word(kind)));
        if (counts.size() == 1 && counts.containsKey(EventText.word(kind))) {
            return;
        }
        final List<Map.Entry<String, Long>> sorted = new ArrayList<>(counts.entrySet());
        sorted.sort(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()));
        sorted.stream().limit(MOST_DETAILS).forEach(entry ->
            text.append(String.format(Locale.ROOT, "%16d  %s%n", entry.getValue(), entry.getKey())));
        if (sorted.size() > MOST_DETAILS) {
            text.append(String.format(Locale.ROOT, "%16s  %d more%n", "...", sorted.size() - MOST_DETAILS));
        }
    }

    private static Map<String, Long> counts(final Trace trace, final EventKind kind) {
        final Map<String, Long> counts = new LinkedHashMap<>();
        for (final Stretch stretch : trace.stretches()) {
            for (final EventRow row : stretch.rows()) {
                if (row.kind() == kind) {
                    counts.merge(EventText.name(row, trace.symbols()), row.count(), Long::sum);
                }
            }
        }
        return counts;
    }

    /** {@return how often what happened, kind by kind} */
    static Map<String, Long> counts(final Trace trace) {
        final Map<String, Long> counts = new LinkedHashMap<>();
        for (final EventKind kind : EventKind.values()) {
            counts.putAll(counts(trace, kind));
        }
        return counts;
    }

    private static void line(final StringBuilder text, final String name, final String value) {
        text.append(name).append(" ".repeat(NAME_COLUMNS - name.length())).append(value).append('\n');
    }
}
