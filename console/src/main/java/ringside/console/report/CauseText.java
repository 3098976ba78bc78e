package ringside.console.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import ringside.profiler.model.Cause;
import ringside.profiler.profile.CauseCycles;

/** How reports spell causes of cycles. */
final class CauseText {
    /** The longest title and a share. */
    static final int WIDTH = 16;
    /** Above {@link #main}. */
    static final String HEADING = String.format(Locale.ROOT, "%-" + WIDTH + "s", "main cause");
    private static final double PERCENT = 100.0;

    private CauseText() {
    }

    /** {@return the cause of most cycles, with its share of them} */
    static String main(final CauseCycles causes) {
        final Optional<Cause> main = causes.main();
        return main.isEmpty() ? " ".repeat(WIDTH) : String.format(Locale.ROOT, "%-10s %3.0f %%", main.get().title(),
            PERCENT * causes.of(main.get()) / causes.total());
    }

    /**
     * {@return a list in as many lines as it needs, words kept whole}
     *
     * @param head    before the first line; further ones are indented by as much
     * @param list    joined by a comma and a blank
     * @param columns how wide
     */
    static List<String> wrapped(final String head, final String list, final int columns) {
        final List<String> lines = new ArrayList<>();
        String line = head;
        for (final String one : list.split("(?<=,) ")) {
            if (line.length() > head.length() && line.length() + 1 + one.length() > columns) {
                lines.add(line);
                line = " ".repeat(head.length());
            }
            line += (line.length() > head.length() ? " " : "") + one;
        }
        lines.add(line);
        return lines;
    }

    /** {@return all causes, the dearest first: {@code L1 60 %, port 40 %}} */
    static String shares(final CauseCycles causes) {
        final long total = Math.max(1, causes.total());
        return causes.cycles().entrySet().stream()
            .sorted(Map.Entry.<Cause, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry::getKey))
            .map(one -> String.format(Locale.ROOT, "%s %.0f %%", one.getKey().title(),
                PERCENT * one.getValue() / total))
            .collect(Collectors.joining(", "));
    }

    /** {@return changes, the largest first: {@code L1 +20, port -3}; empty where there is none} */
    static String changes(final CauseCycles changes) {
        return changes.cycles().entrySet().stream()
            .sorted(Comparator.comparingLong((Map.Entry<Cause, Long> one) -> -Math.abs(one.getValue()))
                .thenComparing(Map.Entry::getKey))
            .map(one -> String.format(Locale.ROOT, "%s %+d", one.getKey().title(), one.getValue()))
            .collect(Collectors.joining(", "));
    }
}
