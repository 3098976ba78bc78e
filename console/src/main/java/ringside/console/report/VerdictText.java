package ringside.console.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ringside.console.verify.Scenario;
import ringside.console.verify.Stand;
import ringside.console.verify.Verdict;

/** What came of running a scenario twice, for a person. */
public final class VerdictText {
    private static final int PAGE_SHIFT = 12;
    private static final int NAME_COLUMNS = 10;

    private VerdictText() {
    }

    /**
     * {@return the text, ending in a line feed}
     *
     * @param verdict  what came of it
     * @param scenario what was run
     */
    public static String of(final Verdict verdict, final Scenario scenario) {
        final StringBuilder text = new StringBuilder();
        final String model = scenario.config().timing().id();
        if (verdict.agrees()) {
            text.append("equal: two runs, ").append(verdict.checks()).append(" comparisons, one every ")
                .append(verdict.interval()).append(" steps\n");
            stand(text, verdict.last(), model);
        } else {
            text.append("different: equal at step ").append(verdict.last().steps()).append(", not at step ")
                .append(verdict.first().steps()).append('\n');
            if (!verdict.narrowed()) {
                text.append("  The difference did not come again when both went back to search for it.\n");
            }
            line(text, "in", String.join(", ", verdict.differences()));
            if (!verdict.pages().isEmpty()) {
                line(text, "pages", pages(verdict.pages()).collect(Collectors.joining(", ")));
            }
            text.append("first run\n");
            stand(text, verdict.first(), model);
            text.append("second run\n");
            stand(text, verdict.second(), model);
        }
        return text.toString();
    }

    /** {@return pages as physical addresses} */
    static Stream<String> pages(final List<Integer> numbers) {
        return numbers.stream().map(number -> "0x" + Long.toHexString((long) number << PAGE_SHIFT));
    }

    private static void stand(final StringBuilder text, final Stand stand, final String model) {
        line(text, "guest", stand.ended() ? stand.result() : "could go on");
        line(text, "steps", Long.toString(stand.steps()));
        line(text, "cycles", stand.cycles() + " (" + model + ")");
        line(text, "serial", stand.serialBytes() + " bytes, " + stand.serial());
        line(text, "state", stand.hash());
    }

    private static void line(final StringBuilder text, final String name, final String value) {
        text.append("  ").append(name).append(" ".repeat(NAME_COLUMNS - name.length())).append(value).append('\n');
    }
}
