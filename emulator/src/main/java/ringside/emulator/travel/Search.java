package ringside.emulator.travel;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import ringside.emulator.machine.Machine;

/**
 * Where conditions come about in a history. A piece of it is run with the conditions as observers; if their counts say
 * that it holds what is looked for, the piece is halved from snapshots until it is one block, and then one step.
 */
final class Search {
    private static final long FIRST_PIECE = 1 << 12;
    private static final long NEAR = 512;

    private final Timeline timeline;
    private final Machine machine;
    private final List<Condition> conditions;
    private final Set<Condition> observing = new LinkedHashSet<>();
    private Optional<MemoryWritten> counted = Optional.empty();

    Search(final Timeline timeline, final List<? extends Condition> conditions) {
        this.timeline = timeline;
        this.conditions = List.copyOf(conditions);
        machine = timeline.machine();
        if (conditions.isEmpty()) {
            throw new IllegalArgumentException("a search is for something: conditions=0");
        }
    }

    private long[] hits() {
        return conditions.stream().mapToLong(Condition::hits).toArray();
    }

    private long[] since(final long[] before) {
        final long[] now = hits();
        return IntStream.range(0, now.length).mapToLong(i -> now[i] - before[i]).toArray();
    }

    private static long[] minus(final long[] left, final long[] right) {
        return IntStream.range(0, left.length).mapToLong(i -> left[i] - right[i]).toArray();
    }

    /** Which counts are wanted of a piece: of any condition, going forward, or of all that have one, going back. */
    private record Goal(long[] counts, boolean any) {
        boolean isReached(final long[] counted) {
            final IntStream reached = IntStream.range(0, counts.length).filter(i -> counts[i] > 0);
            return any ? reached.anyMatch(i -> counted[i] >= counts[i])
                    : reached.allMatch(i -> counted[i] >= counts[i]);
        }

        Goal without(final long[] counted) {
            return new Goal(minus(counts, counted), any);
        }
    }

    /** The machine counts one condition's stores by itself; the others observe. */
    private void watch() {
        for (final Condition condition : conditions) {
            if (counted.isEmpty() && condition instanceof MemoryWritten stores && stores.isOfStoresAlone()) {
                stores.count(machine);
                counted = Optional.of(stores);
            } else if (counted.filter(condition::equals).isEmpty()) {
                observing.add(condition);
            }
        }
        observing.forEach(machine::addObserver);
    }

    private void unwatch() {
        counted.ifPresent(MemoryWritten::countNoMore);
        observing.forEach(machine::removeObserver);
    }

    Stop forward(final long steps) {
        final long from = machine.steps();
        final long limit = Math.addExact(from, Math.min(steps, Long.MAX_VALUE - from));
        final Place begin = timeline.begin();
        watch();
        try {
            Goal goal = new Goal(firstWanted(begin, from), true);
            timeline.go(begin);
            long piece = FIRST_PIECE;
            while (machine.steps() < limit && timeline.ended().isEmpty()) {
                if (timeline.takeInterrupt()) {
                    return Stop.of(timeline.position(), Stop.Reason.INTERRUPTED);
                }
                final Place start = timeline.here();
                final long[] before = hits();
                timeline.run(Math.min(piece, limit - machine.steps()));
                final long[] counted = since(before);
                if (goal.isReached(counted)) {
                    return locate(start, machine.steps(), goal, true, limit);
                }
                goal = goal.without(counted);
                timeline.mark();
                piece = Math.min(2 * piece, Timeline.INTERVAL);
            }
        } finally {
            unwatch();
        }
        return timeline.ended().isPresent() ? new Stop(timeline.position(), Stop.Reason.ENDED, List.of(),
                timeline.ended()) : timeline.go(limit);
    }

    /**
     * {@return the counts from the beginning of the block at which to stop} What came about up to here is not wanted,
     * nor what a stop before would be for that is here.
     */
    private long[] firstWanted(final Place begin, final long from) {
        final long[] here = within(begin, from);
        timeline.go(begin);
        timeline.run(1);
        final long[] next = from + 1 >= machine.steps() ? whole(begin) : within(begin, from + 1);
        return IntStream.range(0, here.length)
                .mapToLong(i -> 1 + (conditions.get(i).stopsBefore() ? next[i] : here[i])).toArray();
    }

    /**
     * Goes to where a goal is reached first.
     *
     * @param from    between blocks, where it is not reached
     * @param until   steps at which it is
     * @param goal    counts from there
     * @param forward whether to stop behind what stops behind
     * @param limit   steps beyond which it does not count
     */
    private Stop locate(final Place from, final long until, final Goal goal, final boolean forward, final long limit) {
        Place low = from;
        long high = until;
        Goal left = goal;
        while (high - low.steps() > NEAR) {
            timeline.go(low);
            final long[] before = hits();
            timeline.run((high - low.steps()) / 2);
            if (machine.steps() >= high) {
                break;
            }
            final long[] counted = since(before);
            if (left.isReached(counted)) {
                high = machine.steps();
            } else {
                left = left.without(counted);
                low = timeline.here();
            }
        }
        timeline.trail().keep(low);
        return blockOf(low, left, forward, limit);
    }

    private Stop blockOf(final Place low, final Goal goal, final boolean forward, final long limit) {
        timeline.go(low);
        final long[] start = hits();
        long[] before = since(start);
        long last = low.steps();
        timeline.run(1);
        while (!goal.isReached(since(start))) {
            if (timeline.ended().isPresent()) {
                throw new IllegalStateException("a condition counts otherwise when its piece is run again: conditions="
                        + conditions);
            }
            before = since(start);
            last = machine.steps();
            timeline.run(1);
        }
        final long end = machine.steps();
        timeline.go(low);
        if (last > low.steps()) {
            timeline.run(last - low.steps());
        }
        return stepOf(timeline.here(), end, goal.without(before), forward, limit);
    }

    private Stop stepOf(final Place begin, final long end, final Goal goal, final boolean forward, final long limit) {
        long low = begin.steps();
        long high = end;
        while (high - low > 1) {
            final long middle = (low + high) / 2;
            if (goal.isReached(within(begin, middle))) {
                high = middle;
            } else {
                low = middle;
            }
        }
        final long[] earlier = within(begin, low);
        final List<Condition> met = met(goal, earlier, high == end ? whole(begin) : within(begin, high));
        final boolean before = !forward || met.stream().anyMatch(Condition::stopsBefore);
        final long place = before ? low : high;
        timeline.go(begin);
        if (forward && place > limit) {
            return timeline.go(limit);
        }
        new Way(timeline).lookFor(begin, place, end);
        final List<Condition> told = forward && before
                ? met.stream().filter(Condition::stopsBefore).toList() : met;
        return new Stop(timeline.position(), Stop.Reason.CONDITION, told, Optional.empty());
    }

    private List<Condition> met(final Goal goal, final long[] before, final long[] after) {
        final List<Condition> met = new ArrayList<>();
        for (int i = 0; i < before.length; i++) {
            if (goal.counts[i] > 0 && before[i] < goal.counts[i] && after[i] >= goal.counts[i]) {
                met.add(conditions.get(i));
            }
        }
        return met;
    }

    /** {@return the counts from the beginning of a block to a place in it} */
    private long[] within(final Place begin, final long step) {
        timeline.go(begin);
        final long[] start = hits();
        if (step > begin.steps()) {
            machine.runWithin((int) (step - begin.steps()));
        }
        return since(start);
    }

    private long[] whole(final Place begin) {
        timeline.go(begin);
        final long[] start = hits();
        timeline.run(1);
        return since(start);
    }

    /**
     * Goes back to the last place where one came about.
     *
     * @param worth whether to look between a regular snapshot, named by its steps, and the next one
     */
    Stop back(final LongPredicate worth) {
        final Place begin = timeline.begin();
        final long inside = machine.steps() - begin.steps();
        watch();
        try {
            long[] last = new long[conditions.size()];
            if (inside > 0) {
                last = within(begin, machine.steps());
            }
            Place end = begin;
            if (anyAbove0(last)) {
                final Stop stop = stepOf(begin, begin.steps() + inside, new Goal(last, false), false, 0);
                timeline.forgetBlockEnd();
                return stop;
            }
            final List<Place> earlier = timeline.trail().before(begin.steps());
            for (final Place start : earlier) {
                if (timeline.takeInterrupt()) {
                    return Stop.of(timeline.position(), Stop.Reason.INTERRUPTED);
                }
                if (worth.test(start.steps())) {
                    timeline.go(start);
                    final long[] before = hits();
                    timeline.run(end.steps() - start.steps());
                    final long[] counted = since(before);
                    if (anyAbove0(counted)) {
                        return locate(start, end.steps(), new Goal(counted, false), false, 0);
                    }
                }
                end = start;
            }
            timeline.go(end);
            return Stop.of(timeline.position(), Stop.Reason.START);
        } finally {
            unwatch();
        }
    }

    private static boolean anyAbove0(final long[] counts) {
        return IntStream.range(0, counts.length).anyMatch(i -> counts[i] > 0);
    }
}
