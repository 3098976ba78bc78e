package ringside.console.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Two runs side by side: compared every so many steps, and where they part, taken back and compared in ever smaller
 * spans until one more stop makes the difference.
 */
public final class Verification {
    /** Hears how far both runs are. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Both runs are equal so far.
         *
         * @param steps since boot
         */
        void at(long steps);
    }

    private static final int MOST_PAGES = 16;

    private final Runner first;
    private final Runner second;
    private final long interval;
    private final long budget;
    private final Progress progress;
    private int checks;

    /** Steps between two checks, and in all; each at least 1. */
    Verification(final Runner first, final Runner second, final long interval, final long budget,
            final Progress progress) {
        this.first = Objects.requireNonNull(first, "first");
        this.second = Objects.requireNonNull(second, "second");
        this.interval = interval;
        this.budget = budget;
        this.progress = Objects.requireNonNull(progress, "progress");
    }

    /**
     * Runs a scenario here and in another process.
     *
     * @param scenario what to run
     * @param command  of a process that serves the same scenario ({@link RunnerServer})
     * @param progress told after each comparison
     * @return whether they were the same, and if not, where and in what they were not
     */
    public static Verdict run(final Scenario scenario, final List<String> command, final Progress progress) {
        try (Runner first = new LocalRunner(scenario); Runner second = new ChildRunner(command)) {
            return new Verification(first, second, scenario.interval(), scenario.budget(), progress).run();
        }
    }

    private record Pair(Stand first, Stand second) {
        boolean isEqual() {
            return first.differences(second).isEmpty();
        }

        long steps() {
            return first.steps();
        }
    }

    Verdict run() {
        Pair now = go(0);
        if (!now.isEqual()) {
            return differs(now, now, true);
        }
        while (!now.first().ended() && now.steps() < budget) {
            mark();
            final long span = Math.min(interval, budget - now.steps());
            final Pair next = go(span);
            if (!next.isEqual()) {
                return narrow(now, next, span);
            }
            now = next;
            progress.at(now.steps());
        }
        return Verdict.equal(checks, interval, now.first());
    }

    /** Both at once: the second one runs in a process of its own. */
    private Pair go(final long steps) {
        second.start(steps);
        first.start(steps);
        checks++;
        return new Pair(first.stand(), second.stand());
    }

    private void mark() {
        first.mark();
        second.mark();
    }

    private Pair again(final long steps) {
        first.back();
        second.back();
        return go(steps);
    }

    /** Both are marked where they were equal; at most {@code within} steps further they differ. */
    private Verdict narrow(final Pair equal, final Pair different, final long within) {
        Pair last = equal;
        Pair apart = different;
        long span = within;
        while (span > 1) {
            final long half = span / 2;
            final Pair middle = again(half);
            if (middle.isEqual()) {
                // A run that ends here, and did not before, leaves nothing to halve.
                span = middle.steps() == last.steps() ? 1 : span - middle.steps() + last.steps();
                last = middle;
                mark();
            } else {
                apart = middle;
                span = half;
            }
        }
        final Pair next = again(1);
        final boolean narrowed = !next.isEqual();
        return differs(last, narrowed ? next : apart, narrowed);
    }

    private Verdict differs(final Pair last, final Pair apart, final boolean narrowed) {
        final List<Integer> pages = new ArrayList<>();
        if (narrowed) {
            final Map<Integer, Long> mine = first.pages();
            final Map<Integer, Long> others = second.pages();
            final TreeSet<Integer> numbers = new TreeSet<>(mine.keySet());
            numbers.addAll(others.keySet());
            numbers.stream().filter(page -> !Objects.equals(mine.get(page), others.get(page))).limit(MOST_PAGES)
                .forEach(pages::add);
        }
        return new Verdict(checks, interval, last.first(), apart.first(), apart.second(),
            apart.first().differences(apart.second()), pages, narrowed);
    }
}
