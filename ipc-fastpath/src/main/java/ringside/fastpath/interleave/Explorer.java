package ringside.fastpath.interleave;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Searches schedules for one whose outcome is wrong: without a preemption, then with one after every instruction of
 * every actor, those behind a wait that another one ended among them, then with two. Those with fewer preemptions and
 * fewer instructions before them come first, so what is found is the shortest one (of those with so many preemptions;
 * Musuvathi and Qadeer, 2007, found that two expose nearly all).
 *
 * <p>With two preemptions a switch is tried only behind instructions that others can see or be seen by: one behind
 * another instruction is the same schedule to everybody (Mazurkiewicz, 1977). Where stores wait, each preemption is
 * tried with none of them seen by the others, with the oldest one, and so on up to all.
 */
public final class Explorer {
    private final Stage stage;
    private final SequentialModel model;
    private final int preemptions;
    private final long most;
    private final List<List<Integer>> orders = new ArrayList<>();
    private final int[] lengths;
    private final List<Set<Integer>> points = new ArrayList<>();
    private final List<Prefix> prefixes = new ArrayList<>();
    private final Set<Resumed> resumed = new LinkedHashSet<>();
    private long tried;
    private Finding finding;

    private Explorer(final Stage stage, final SequentialModel model, final int preemptions, final long most) {
        this.stage = stage;
        this.model = model;
        this.preemptions = preemptions;
        this.most = most;
        lengths = new int[stage.cpus()];
        for (int cpu = 0; cpu < lengths.length; cpu++) {
            points.add(Set.of());
        }
        permute(new ArrayList<>());
    }

    /** Where two preemptions may be: the first turn as it is, the second one's CPU, and instructions of that. */
    private record Prefix(Turn first, int cpu, int instructions) {
        int length() {
            return first.instructions() + instructions;
        }
    }

    /** A CPU that begins, or goes on when another has ended its wait, behind turns without a preemption. */
    private record Resumed(List<Turn> before, int cpu, int instructions) {
    }

    /**
     * What is wrong, and by which schedule.
     *
     * @param outcome of the shortest schedule
     * @param reason  in words
     */
    public record Finding(Outcome outcome, String reason) {
    }

    /**
     * What a search did.
     *
     * @param schedules how many were tried
     * @param complete  whether these were all with so many preemptions, as far as nothing was found
     * @param finding   what was wrong, if anything
     */
    public record Sweep(long schedules, boolean complete, Optional<Finding> finding) {
    }

    /**
     * Searches.
     *
     * @param stage       where
     * @param model       the state at the beginning
     * @param preemptions at most so many, 0 to 2
     * @param most        schedules to try
     * @return what came of it
     */
    public static Sweep sweep(final Stage stage, final SequentialModel model, final int preemptions,
            final long most) {
        if (preemptions < 0 || preemptions > 2) {
            throw new IllegalArgumentException("none, one or two preemptions: preemptions=" + preemptions);
        }
        return new Explorer(stage, model, preemptions, most).sweep();
    }

    private Sweep sweep() {
        straight();
        if (preemptions > 0) {
            once();
        }
        if (preemptions > 1) {
            twice();
        }
        return new Sweep(tried, tried < most || finding != null, Optional.ofNullable(finding));
    }

    private void straight() {
        for (final List<Integer> order : orders) {
            if (attempt(List.of(), order)) {
                final int first = order.getFirst();
                final Leg leg = stage.leg(0);
                lengths[first] = leg.useful();
                points.set(first, new HashSet<>(stage.facts().points(leg)));
                resume();
            }
        }
    }

    /** Keeps where a CPU could be preempted behind the first turn of the latest run, and somebody is left to run. */
    private void resume() {
        final Set<Integer> done = new HashSet<>();
        final List<Turn> before = new ArrayList<>();
        for (int number = 0; number < stage.legs(); number++) {
            final Leg leg = stage.leg(number);
            final boolean alone = done.size() + (done.contains(leg.cpu()) ? 0 : 1) == stage.cpus();
            if (number > 0 && !alone) {
                for (int length = 1; length < leg.useful(); length++) {
                    resumed.add(new Resumed(List.copyOf(before), leg.cpu(), length));
                }
            }
            before.add(new Turn(leg.cpu(), Turn.TO_THE_END));
            if (leg.done()) {
                done.add(leg.cpu());
            }
        }
    }

    private void once() {
        for (int length = 1; length < longest() && goesOn(); length++) {
            for (int cpu = 0; cpu < lengths.length; cpu++) {
                if (length < lengths[cpu]) {
                    preempt(cpu, length);
                }
            }
        }
        resumed.stream().sorted(Comparator.<Resumed>comparingInt(late -> late.before.size())
                .thenComparingInt(Resumed::instructions)).forEach(late -> {
            if (goesOn()) {
                drained(late.before, new Turn(late.cpu, late.instructions), turn -> {
                    final List<Turn> turns = new ArrayList<>(late.before);
                    turns.add(turn);
                    ordersAfter(late.cpu).forEach(order -> attempt(turns, order));
                });
            }
        });
    }

    private void preempt(final int cpu, final int length) {
        final Set<Integer> seconds = new HashSet<>();
        drained(List.of(), new Turn(cpu, length), turn -> {
            seconds.clear();
            for (final List<Integer> order : ordersAfter(cpu)) {
                if (attempt(List.of(turn), order) && preemptions > 1 && points.get(cpu).contains(length)
                        && seconds.add(order.getFirst())) {
                    stage.facts().points(stage.leg(1))
                            .forEach(point -> prefixes.add(new Prefix(turn, order.getFirst(), point)));
                }
            }
        });
    }

    private void twice() {
        prefixes.sort(Comparator.comparingInt(Prefix::length).thenComparingInt(prefix -> prefix.first.instructions()));
        for (final Prefix prefix : prefixes) {
            if (!goesOn()) {
                return;
            }
            drained(List.of(prefix.first), new Turn(prefix.cpu, prefix.instructions), turn -> {
                for (final List<Integer> order : ordersAfter(prefix.cpu)) {
                    attempt(List.of(prefix.first, turn), order);
                }
            });
        }
    }

    /** Tries a turn with each number of waiting stores that reach the others behind it. */
    private void drained(final List<Turn> before, final Turn turn, final Consumer<Turn> each) {
        each.accept(turn);
        if (!goesOn()) {
            return;
        }
        final int waiting = stage.leg(before.size()).waiting();
        for (int count = 1; count <= waiting && goesOn(); count++) {
            each.accept(new Turn(turn.cpu(), turn.instructions(), count));
        }
    }

    private int longest() {
        int longest = 0;
        for (final int length : lengths) {
            longest = Math.max(longest, length);
        }
        return longest;
    }

    /** Finds all orders in which the CPUs may run to their ends. */
    private void permute(final List<Integer> begun) {
        if (begun.size() == stage.cpus()) {
            orders.add(List.copyOf(begun));
            return;
        }
        for (int cpu = 0; cpu < stage.cpus(); cpu++) {
            if (!begun.contains(cpu)) {
                begun.add(cpu);
                permute(begun);
                begun.removeLast();
            }
        }
    }

    private List<List<Integer>> ordersAfter(final int cpu) {
        return orders.stream().filter(order -> order.getFirst() != cpu).toList();
    }

    private boolean goesOn() {
        return finding == null && tried < most;
    }

    /** {@return whether it was tried, and nothing was wrong} */
    private boolean attempt(final List<Turn> preempted, final List<Integer> order) {
        if (!goesOn()) {
            return false;
        }
        tried++;
        final List<Turn> turns = new ArrayList<>(preempted);
        order.forEach(cpu -> turns.add(new Turn(cpu, Turn.TO_THE_END)));
        final Outcome outcome = stage.run(new Schedule(turns));
        outcome.wrong(model).ifPresent(reason -> finding = new Finding(outcome, reason));
        return finding == null;
    }
}
