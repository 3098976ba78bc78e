package ringside.console.report;

import ringside.profiler.trace.EventText;
import ringside.profiler.trace.Trace;
import ringside.profiler.trace.TraceDiff;

/** What is different between two recordings, for a person. */
public final class TraceDiffText {
    private TraceDiffText() {
    }

    /**
     * {@return the text, ending in a line feed}
     *
     * @param diff  what is different
     * @param one   the first
     * @param other the second
     */
    public static String of(final TraceDiff diff, final Trace one, final Trace other) {
        final StringBuilder text = new StringBuilder();
        text.append(diff.agrees() ? "equal" : "different").append(": A ").append(one.file()).append(", B ")
            .append(other.file()).append('\n');
        diff.head().forEach(row -> row(text, row));
        diff.input().ifPresent(row -> row(text, row));
        if (diff.state().isPresent()) {
            text.append("equal at step ").append(diff.equalUntil()).append(", then\n");
            row(text, diff.state().get());
        } else if (diff.equalUntil() > 0) {
            text.append("equal at step ").append(diff.equalUntil()).append(", the last one that both know\n");
        }
        diff.events().ifPresent(event -> {
            text.append("event ").append(event.number()).append(diff.bySymbol() ? ", by symbols" : "").append('\n');
            if (!event.common().isEmpty()) {
                text.append("  behind ").append(String.join(", ", event.common())).append('\n');
            }
            event(text, "A", event.one(), one);
            event(text, "B", event.other(), other);
        });
        diff.ends().ifPresent(row -> row(text, row));
        if (!diff.notes().isEmpty()) {
            text.append("of no account:\n");
            diff.notes().forEach(row -> row(text, row));
        }
        return text.toString();
    }

    private static void row(final StringBuilder text, final TraceDiff.Row row) {
        text.append(row.name()).append("\n  A ").append(row.one()).append("\n  B ").append(row.other()).append('\n');
    }

    private static void event(
            final StringBuilder text, final String name, final TraceDiff.Side side, final Trace trace) {
        final String place = side.least() == side.most() ? "" : side.least() + " to ";
        text.append("  ").append(name).append(" at ").append(place).append(side.most())
            .append(side.event().map(told -> ":" + told.cpu() + "  " + EventText.of(told, trace.symbols()) + " (cycle "
                + told.cycle() + ")").orElse("  nothing more")).append('\n');
    }
}
