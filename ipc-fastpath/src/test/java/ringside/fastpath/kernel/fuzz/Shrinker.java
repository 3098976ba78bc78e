package ringside.fastpath.kernel.fuzz;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes a plan that fails smaller, as long as the same rule is broken: first whole rounds go, then operations, by
 * halves and ever smaller parts (Zeller's ddmin).
 */
final class Shrinker {
    private static final int MOST_LINES = 60;

    private final FuzzImage image;
    private final long seed;
    private final int cpus;
    private final String rule;
    private int tries;

    /**
     * Prepares.
     *
     * @param failure what {@link #fails} says of the plan
     * @param tries   the most runs
     */
    Shrinker(final FuzzImage image, final long seed, final int cpus, final String failure, final int tries) {
        this.image = image;
        this.seed = seed;
        this.cpus = cpus;
        this.rule = rule(failure);
        this.tries = tries;
    }

    private static String rule(final String failure) {
        return failure.substring(0, failure.indexOf(':'));
    }

    /** {@return what goes wrong with a plan} */
    static Optional<String> fails(final FuzzImage image, final Plan plan, final long seed, final int cpus) {
        final Trace trace = new Trace(new TreeMap<>());
        final FuzzRun run = new FuzzRun(image, plan, seed, cpus, trace);
        return run.run().or(() -> run.check(trace.touches()));
    }

    private boolean fails(final Plan plan) {
        tries--;
        if (tries < 0) {
            return false;
        }
        final Optional<String> failure = rule.equals(FuzzRun.TOUCH) ? fails(image, plan, seed, cpus)
                : new FuzzRun(image, plan, seed, cpus, null).run();
        return failure.map(Shrinker::rule).equals(Optional.of(rule));
    }

    /** {@return the smallest plan that was found} */
    Plan shrink(final Plan failing) {
        Plan plan = failing;
        for (int round = failing.rounds().size() - 1; round >= 0 && plan.rounds().size() > 1; round--) {
            final List<Plan.Round> fewer = new ArrayList<>(plan.rounds());
            fewer.remove(round);
            final Plan candidate = new Plan(fewer);
            plan = fails(candidate) ? candidate : plan;
        }
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < size(plan); i++) {
            kept.add(i);
        }
        for (int parts = 2; kept.size() > 1 && tries > 0;) {
            final int part = Math.ceilDiv(kept.size(), parts);
            boolean smaller = false;
            for (int from = 0; from < kept.size() && !smaller; from += part) {
                final List<Integer> rest = new ArrayList<>(kept);
                rest.subList(from, Math.min(from + part, rest.size())).clear();
                if (fails(only(plan, rest))) {
                    kept = rest;
                    smaller = true;
                }
            }
            if (!smaller && part == 1) {
                break;
            }
            parts = smaller ? Math.max(2, parts - 1) : Math.min(kept.size(), parts * 2);
        }
        return only(plan, kept);
    }

    /** {@return operations that may go: what threads do, that they are there, and what disturbs them} */
    static int size(final Plan plan) {
        return plan.rounds().stream().mapToInt(round -> round.starts().size() + round.deeds().size()
                + round.lists().stream().mapToInt(list -> list.ops().size()).sum()).sum();
    }

    private static Plan only(final Plan plan, final List<Integer> kept) {
        final Counter counter = new Counter(new HashSet<>(kept));
        return new Plan(plan.rounds().stream().map(round -> new Plan.Round(round.setup(), counter.of(round.starts()),
                counter.of(round.deeds()), round.teardown(), round.lists().stream().map(
                        list -> new Plan.Program(list.index(), counter.of(list.ops()))).toList())).toList());
    }

    /** Numbers operations in one order, and leaves those that are kept. */
    private static final class Counter {
        private final Set<Integer> kept;
        private int number;

        Counter(final Set<Integer> kept) {
            this.kept = kept;
        }

        List<Op> of(final List<Op> ops) {
            return ops.stream().filter(op -> kept.contains(number++)).toList();
        }
    }

    /** {@return what is in a plan, and what its threads did, for a person} */
    String text(final Plan plan) {
        final StringBuilder text = new StringBuilder();
        for (final Plan.Round round : plan.rounds()) {
            round.starts().forEach(op -> text.append("  supervisor: ").append(Calls.text(op)).append('\n'));
            round.deeds().forEach(op -> text.append("  supervisor: ").append(Calls.text(op)).append('\n'));
            round.lists().forEach(list -> list.ops().forEach(op -> text.append("  list ").append(list.index())
                    .append(": ").append(Calls.text(op)).append('\n')));
        }
        final Trace trace = new Trace(new TreeMap<>());
        final Optional<String> failure = new FuzzRun(image, plan, seed, cpus, trace).run();
        text.append(" what they did:\n");
        final List<String> lines = trace.lines();
        lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size())
                .forEach(line -> text.append("  ").append(line).append('\n'));
        return text.append(' ').append(failure.orElse("every look found all well")).toString();
    }
}
