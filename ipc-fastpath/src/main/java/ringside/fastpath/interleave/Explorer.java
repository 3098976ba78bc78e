package ringside.fastpath.interleave;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Searches schedules for one whose outcome is wrong: without a preemption, then with one before every instruction of
 * every actor, then with two. Those with fewer preemptions and fewer instructions before them come first, so what is
 * found is the shortest one (of those with so many preemptions; Musuvathi and Qadeer, 2007, found that two expose
 * nearly all).
 */
public final class Explorer {
    private final Stage stage;
    private final SequentialModel model;
    private final int preemptions;
    private final long most;
    private final int[] lengths;
    private long tried;
    private Finding finding;

    private Explorer(final Stage stage, final SequentialModel model, final int preemptions, final long most) {
        this.stage = stage;
        this.model = model;
        this.preemptions = preemptions;
        this.most = most;
        lengths = new int[stage.cpus()];
        for (int cpu = 0; cpu < lengths.length; cpu++) {
            lengths[cpu] = stage.length(cpu);
        }
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
     * @param complete  whether these were all with so many preemptions
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
        boolean complete = true;
        for (int count = 0; count <= preemptions && complete && finding == null; count++) {
            complete = count == 0 ? straight() : count == 1 ? once() : twice();
        }
        return new Sweep(tried, complete, Optional.ofNullable(finding));
    }

    private boolean straight() {
        return orders(1, order -> attempt(List.of(toTheEnd(order[0]))));
    }

    private boolean once() {
        for (int length = 1; length < longest(); length++) {
            final int first = length;
            if (!orders(2, order -> first >= lengths[order[0]]
                    || attempt(List.of(new Turn(order[0], first), toTheEnd(order[1]))))) {
                return false;
            }
        }
        return true;
    }

    private boolean twice() {
        for (int length = 2; length <= 2 * longest(); length++) {
            for (int part = 1; part < length; part++) {
                final int first = part;
                final int second = length - part;
                if (!orders(3, order -> first >= lengths[order[0]] || second >= lengths[order[1]]
                        || attempt(List.of(new Turn(order[0], first), new Turn(order[1], second),
                                toTheEnd(order[2]))))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Turn toTheEnd(final int cpu) {
        return new Turn(cpu, Turn.TO_THE_END);
    }

    private int longest() {
        int longest = 0;
        for (final int length : lengths) {
            longest = Math.max(longest, length);
        }
        return longest;
    }

    /** {@return whether every sequence of CPUs, neighbours different, was taken} */
    private boolean orders(final int count, final Predicate<int[]> taken) {
        final List<int[]> all = new ArrayList<>();
        extend(new int[count], 0, all);
        return all.stream().allMatch(taken);
    }

    private void extend(final int[] order, final int filled, final List<int[]> all) {
        if (filled == order.length) {
            all.add(order.clone());
            return;
        }
        for (int cpu = 0; cpu < stage.cpus(); cpu++) {
            if (filled == 0 || order[filled - 1] != cpu) {
                order[filled] = cpu;
                extend(order, filled + 1, all);
            }
        }
    }

    /** {@return whether the search goes on} */
    private boolean attempt(final List<Turn> turns) {
        if (tried == most) {
            return false;
        }
        tried++;
        final Outcome outcome = stage.run(new Schedule(turns));
        outcome.wrong(model).ifPresent(reason -> finding = new Finding(outcome, reason));
        return finding == null;
    }
}
