package ringside.console.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import ringside.profiler.profile.CallCount;

/** System calls by client, call, peer and result, for a reader: a table for each client. */
public final class CallText {
    private static final String ROW = "  %-19s %-16s %-11s %6s %10s %10s";
    private static final int PEER_COLUMNS = 16;
    private static final String NO_RESULT = "[none]";

    private CallText() {
    }

    /**
     * {@return the tables, ending in a line feed}
     *
     * @param counts     the calls
     * @param title      first line
     * @param model      name of the cycle model
     * @param most       clients at most
     * @param errorsOnly whether only calls that failed are shown
     */
    public static String of(final List<CallCount> counts, final String title, final String model, final int most,
            final boolean errorsOnly) {
        final List<String> lines = new ArrayList<>();
        lines.add(title);
        lines.add(String.format(Locale.ROOT, "%d system calls: %d failed, %d without result; cycles of %s",
            sum(counts), sum(counts.stream().filter(CallCount::failed).toList()),
            sum(counts.stream().filter(count -> count.result().isEmpty()).toList()), model));
        final List<List<CallCount>> clients = counts.stream().filter(count -> !errorsOnly || count.failed())
            .collect(Collectors.groupingBy(CallCount::client, LinkedHashMap::new, Collectors.toList()))
            .values().stream().sorted(Comparator.comparingLong(CallText::sum).reversed()).toList();
        clients.stream().limit(most).forEach(client -> table(client, lines));
        if (clients.size() > most) {
            lines.add("");
            lines.add("and " + (clients.size() - most) + " threads more");
        }
        lines.add("");
        if (clients.isEmpty()) {
            lines.add(errorsOnly ? "No system call failed." : "No thread made a system call.");
        } else {
            lines.add("to: the thread that the call's message went to. p50, max: cycles from SYSCALL to");
            lines.add("the return, waits included. [none]: its thread or the run ended before that.");
        }
        return lines.stream().map(String::stripTrailing).collect(Collectors.joining("\n", "", "\n"));
    }

    private static long sum(final List<CallCount> counts) {
        return counts.stream().mapToLong(CallCount::count).sum();
    }

    private static void table(final List<CallCount> counts, final List<String> lines) {
        lines.add("");
        lines.add(counts.getFirst().client() + ": " + sum(counts));
        lines.add(String.format(Locale.ROOT, ROW, "call", "to", "result", "count", "p50", "max"));
        for (final CallCount count : counts) {
            final boolean timed = count.result().isPresent();
            lines.add(String.format(Locale.ROOT, ROW, count.call(), end(count.peer().orElse("")),
                count.result().orElse(NO_RESULT), count.count(), timed ? count.cycles().p50() : "",
                timed ? count.cycles().max() : ""));
        }
    }

    /** What a thread's name ends with says more than what it begins with. */
    private static String end(final String name) {
        return name.length() <= PEER_COLUMNS ? name : "…" + name.substring(name.length() - PEER_COLUMNS + 1);
    }
}
