package ringside.console.repl;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.console.repl.Sessions.all;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * What a console's ways cost in a long history, each as a ratio to running it forward in the same run. Run it with
 * {@code scripts/benchmark}.
 */
class StepperBenchmark {
    /** Steps of the history. */
    private static final long STEPS = Long.getLong("ringside.stepper.steps", 200_000_000L);
    private static final int TURNS = 5;

    private final List<Executable> limits = new ArrayList<>();

    private void row(final String what, final Session session, final double yardstick, final double limit,
            final String... lines) {
        final List<Long> times = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            all(session, "goto " + STEPS);
            final long from = System.nanoTime();
            all(session, lines);
            times.add(System.nanoTime() - from);
        }
        final double median = times.stream().sorted().toList().get(TURNS / 2);
        System.out.printf(Locale.ROOT, "%-52s%10.2f ms%10.2f <= %.2f%n", what, median / 1e6, median / yardstick, limit);
        limits.add(() -> assertTrue(median / yardstick <= limit, what + ": " + median / yardstick));
    }

    @Test
    void waysToCallersCostWhatTheyMay() {
        try (Session session = Sessions.nested()) {
            final long from = System.nanoTime();
            all(session, "goto " + STEPS);
            final double forward = (double) (System.nanoTime() - from) / STEPS;
            System.out.printf(Locale.ROOT, "%nForward: %.0f M steps/s%n%n%-52s%13s%10s%n", 1e3 / forward,
                "", "", "ratio");
            row("reverse-finish to a call near, 7 M steps", session, 7e6 * forward, 2, "reverse-finish");
            row("finish of a routine near its end, 7 M steps", session, 7e6 * forward, 2, "finish");
            row("who called whom, up to the first of all, the run", session, STEPS * forward, 1.5, "backtrace");
            row("1,000 hits of a breakpoint passed by, 50 M steps", session, 50e6 * forward, 5,
                "break inner.next if rax == 77", "continue 3000", "delete");
            row("1,000 writes of a register passed by, 50 M steps", session, 50e6 * forward, 5,
                "watch $rcx if rax == 77", "continue 3000", "delete");
            row("1,000,000 hits ignored by number, their steps", session, 3e6 * forward, 5,
                "break inner.next ignore 2000000", "continue 3000000", "delete");
            row("5,000 steps at once, 5 M steps", session, 5e6 * forward, 2, "stepi 5000");
        }
        assertAll(limits);
    }
}
