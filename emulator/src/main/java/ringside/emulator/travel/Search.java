package ringside.emulator.travel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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

    private final Course course;
    private final Way way;
    private final Machine machine;
    private final List<Condition> conditions;
    private final Set<Condition> observing = new LinkedHashSet<>();
    /** How often the user brought each condition about, for those of which the machine counts nothing. */
    private final long[] changed;
    private Optional<MemoryWritten> counted = Optional.empty();
    /** Where the search begins, and the beginning of the block there. */
    private Place home;
    private long homeStep;

    Search(final Course course, final List<? extends Condition> conditions) {
        this.course = course;
        way = new Way(course);
        this.conditions = List.copyOf(conditions);
        machine = course.machine();
        changed = new long[conditions.size()];
        if (conditions.isEmpty()) {
            throw new IllegalArgumentException("a search is for something: conditions=0");
        }
    }

    private long[] hits() {
        return IntStream.range(0, changed.length).mapToLong(i -> conditions.get(i).hits() + changed[i]).toArray();
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
        course.onEdit(this::passed);
    }

    private void passed(final Edit edit) {
        for (int i = 0; i < changed.length; i++) {
            if (observing.contains(conditions.get(i))) {
                changed[i] += edit.writes().stream().filter(conditions.get(i)::isBroughtAboutBy).count();
            }
        }
    }

    private void unwatch() {
        counted.ifPresent(MemoryWritten::countNoMore);
        observing.forEach(machine::removeObserver);
        course.onEdit(edit -> { });
    }

    Stop forward(final long steps) {
        final long from = machine.steps();
        final long limit = Math.addExact(from, Math.min(steps, Long.MAX_VALUE - from));
        final Place begin = course.begin();
        home = begin;
        homeStep = from;
        watch();
        try {
            Goal goal = new Goal(firstWanted(begin, from), true);
            course.go(begin);
            long piece = FIRST_PIECE;
            while (machine.steps() < limit && course.ended().isEmpty()) {
                final Place start = course.here();
                final long[] before = hits();
                final boolean whole = run(Math.min(piece, limit - machine.steps()));
                final long[] counted = since(before);
                final boolean reached = goal.isReached(counted);
                if (!whole) {
                    return leftAt(reached ? start : course.here());
                }
                if (reached) {
                    return locate(start, machine.steps(), goal, true, limit);
                }
                goal = goal.without(counted);
                course.mark();
                piece = Math.min(2 * piece, Timeline.INTERVAL);
            }
        } finally {
            unwatch();
        }
        return course.ended().isPresent() ? new Stop(course.position(), Stop.Reason.ENDED, List.of(),
                course.ended()) : way.go(limit);
    }

    /** {@return conditions that the next step brings about, and before which to stop} */
    List<Condition> ahead() {
        final Place begin = course.begin();
        final long here = machine.steps();
        if (course.ended().isPresent()) {
            return List.of();
        }
        watch();
        try {
            final long[] before = within(begin, here);
            final long[] wanted = firstWanted(begin, here);
            return IntStream.range(0, before.length).filter(i -> conditions.get(i).stopsBefore()
                    && wanted[i] > before[i] + 1).<Condition>mapToObj(conditions::get).toList();
        } finally {
            unwatch();
            course.goBackTo(begin, here);
        }
    }

    /**
     * {@return the counts from the beginning of the block at which to stop} What came about up to here is not wanted,
     * nor what a stop before would be for that is here.
     */
    private long[] firstWanted(final Place begin, final long from) {
        final long[] here = within(begin, from);
        course.go(begin);
        course.run(1);
        final long[] next = from + 1 >= machine.steps() ? whole(begin) : within(begin, from + 1);
        return IntStream.range(0, here.length)
                .mapToLong(i -> 1 + (conditions.get(i).stopsBefore() ? next[i] : here[i])).toArray();
    }

    private boolean run(final long steps) {
        return course.runUnlessStopped(steps, observing.isEmpty() ? Course.PATIENCE : Course.LISTENED);
    }

    /** Goes back to where the search began: {@return that somebody asked to stop}. */
    private Stop left() {
        course.goBackTo(home, homeStep);
        return Stop.of(course.position(), Stop.Reason.INTERRUPTED);
    }

    /** Goes to a place before which nothing came about: {@return that somebody asked to stop}. */
    private Stop leftAt(final Place place) {
        if (place.steps() < homeStep) {
            return left();
        }
        course.go(place);
        return Stop.of(course.position(), Stop.Reason.INTERRUPTED);
    }

    /**
     * Goes to where a goal is reached first, or where somebody asks to stop to a place before that.
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
            course.go(low);
            final long[] before = hits();
            if (!run((high - low.steps()) / 2)) {
                return forward ? leftAt(low) : left();
            }
            if (machine.steps() >= high) {
                break;
            }
            final long[] counted = since(before);
            if (left.isReached(counted)) {
                high = machine.steps();
            } else {
                left = left.without(counted);
                low = course.here();
            }
        }
        course.trail().keep(low, null);
        return blockOf(low, left, forward, limit);
    }

    private Stop blockOf(final Place low, final Goal goal, final boolean forward, final long limit) {
        course.go(low);
        final long[] start = hits();
        long[] before = since(start);
        long last = low.steps();
        course.run(1);
        while (!goal.isReached(since(start))) {
            if (course.ended().isPresent()) {
                throw new IllegalStateException("a condition counts otherwise when its piece is run again: conditions="
                        + conditions);
            }
            before = since(start);
            last = machine.steps();
            course.run(1);
        }
        final long end = machine.steps();
        course.go(low);
        if (last > low.steps()) {
            course.run(last - low.steps());
        }
        return stepOf(course.here(), end, goal.without(before), forward, limit);
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
        course.go(begin);
        if (forward && place > limit) {
            return way.go(limit);
        }
        way.lookFor(begin, place, end);
        final List<Condition> told = forward && before
                ? met.stream().filter(Condition::stopsBefore).toList() : met;
        return new Stop(course.position(), Stop.Reason.CONDITION, told, Optional.empty(),
                high == end ? editOf(end, met) : OptionalLong.empty());
    }

    /** {@return the place, if it is the user who brought any of some conditions about there} */
    private OptionalLong editOf(final long step, final List<Condition> some) {
        return course.edits().at(step).filter(edit -> some.stream().anyMatch(edit::bringsAbout)).isPresent()
                ? OptionalLong.of(step) : OptionalLong.empty();
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
        course.go(begin);
        final long[] start = hits();
        if (step > begin.steps()) {
            machine.runWithin((int) (step - begin.steps()));
        }
        return since(start);
    }

    private long[] whole(final Place begin) {
        course.go(begin);
        final long[] start = hits();
        course.run(1);
        return since(start);
    }

    /**
     * Goes back to the last place where one came about.
     *
     * @param worth whether to look between a snapshot, named by its steps, and the next one
     */
    Stop back(final LongPredicate worth) {
        return back(worth, 1);
    }

    /**
     * Goes back to where the one condition came about, as the last but so many.
     *
     * @param worth whether to look between a snapshot, named by its steps, and the next one
     * @param times which one, counted from here back; 1 for the last, as it must be for several conditions
     */
    Stop back(final LongPredicate worth, final long times) {
        final Place begin = course.begin();
        final long here = machine.steps();
        home = begin;
        homeStep = here;
        watch();
        try {
            long left = times;
            if (here > begin.steps()) {
                final long[] last = within(begin, here);
                if (most(last) >= left) {
                    final Stop stop = stepOf(begin, here, goal(last, left), false, 0);
                    course.forgetBlockEnd();
                    return stop;
                }
                left -= most(last);
            }
            Place end = begin;
            for (final Place start : course.trail().before(begin.steps())) {
                if (course.takeInterrupt()) {
                    return left();
                }
                if (worth.test(start.steps())) {
                    course.go(start);
                    final long[] before = hits();
                    if (!run(end.steps() - start.steps())) {
                        return left();
                    }
                    final long[] found = since(before);
                    if (most(found) >= left) {
                        return locate(start, end.steps(), goal(found, left), false, 0);
                    }
                    left -= most(found);
                }
                end = start;
            }
            course.go(end);
            return new Stop(course.position(), Stop.Reason.START, List.of(), Optional.empty(),
                    editOf(end.steps(), conditions));
        } finally {
            unwatch();
        }
    }

    private static long most(final long[] counts) {
        return Arrays.stream(counts).max().orElseThrow();
    }

    /** {@return what is reached at the last of what was found, or at the last but so many of one condition} */
    private static Goal goal(final long[] found, final long times) {
        return new Goal(times == 1 ? found : new long[] {found[0] - times + 1}, false);
    }
}
