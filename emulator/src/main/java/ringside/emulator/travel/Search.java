package ringside.emulator.travel;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import ringside.emulator.machine.Machine;

/**
 * Where conditions come about in a history. A piece of it is run with the conditions counting; if their counts say
 * that it holds what is looked for, the piece is halved from snapshots until it is near, walked block by block, and the
 * block is looked into. The first blocks of a way forward are walked at once: what comes about often is near.
 */
final class Search {
    private static final long FIRST_PIECE = 1 << 10;
    private static final long NEAR = 512;
    /** Blocks that are walked before longer pieces are run. */
    private static final int WALKED = 64;

    private final Course course;
    private final Way way;
    private final Machine machine;
    private final List<Condition> conditions;
    private final Hits hits;
    private Judge judge = Judge.ALWAYS;
    /** Where the piece begins that is looked through, and what the conditions had counted there. */
    private Place base;
    private long[] zero;
    /** From where the last block was walked to. */
    private Place walkedFrom;
    /** What is wanted of that piece, and how much of it is ignored. */
    private Goal goal;
    private long[] ignored;
    /** Where the search begins, and the beginning of the block there. */
    private Place home;
    private long homeStep;
    private boolean interrupted;

    Search(final Course course, final List<? extends Condition> conditions) {
        this.course = course;
        way = new Way(course);
        this.conditions = List.copyOf(conditions);
        machine = course.machine();
        hits = new Hits(course, this.conditions);
        if (conditions.isEmpty()) {
            throw new IllegalArgumentException("a search is for something: conditions=0");
        }
    }

    /**
     * Goes forward to the first place that somebody wants.
     *
     * @param steps how many at most
     * @param who   says what is wanted
     */
    Stop forward(final long steps, final Judge who) {
        final long from = machine.steps();
        final long limit = Math.addExact(from, Math.min(steps, Long.MAX_VALUE - from));
        final Place begin = course.begin();
        home = begin;
        homeStep = from;
        judge = who;
        hits.begin();
        try {
            // What came about up to here is not wanted, nor what a stop before would be for that is here.
            want(through(begin, from));
            course.go(begin);
            rebase(begin);
            long piece = 0;
            while (machine.steps() < limit && course.ended().isEmpty()) {
                final Optional<BlockLook> block = piece == 0 ? walkOn(limit) : run(piece, limit);
                if (interrupted) {
                    final boolean reached = goal.isReached(hits.since(zero));
                    settle(reached ? new long[conditions.size()] : hits.since(zero));
                    return leftAt(reached ? base : course.here());
                }
                if (block.isPresent()) {
                    final Optional<Stop> stop = ask(block.get(), limit);
                    if (stop.isPresent()) {
                        course.trail().keep(walkedFrom, null);
                        return stop.get();
                    }
                    leave(block.get());
                    course.mark();
                    piece = 0;
                } else {
                    course.mark();
                    piece = piece == 0 ? FIRST_PIECE : Math.min(2 * piece, Timeline.INTERVAL);
                    if (machine.steps() < limit) {
                        goal = goal.without(hits.since(zero));
                        rebase(course.here());
                    }
                }
            }
            if (course.ended().isPresent()) {
                settle(hits.since(zero));
                return new Stop(course.position(), Stop.Reason.ENDED, List.of(), course.ended());
            }
            return goToLimit(limit);
        } finally {
            hits.end();
        }
    }

    /** The piece begins at a place at which the machine stands. */
    private void rebase(final Place place) {
        base = place;
        zero = hits.now();
    }

    /** Wants what comes about next, but for what is ignored, behind some counts. */
    private void want(final long[] through) {
        ignored = new long[through.length];
        final long[] counts = new long[through.length];
        for (int i = 0; i < counts.length; i++) {
            ignored[i] = conditions.get(i).isOnceAStep() ? judge.ignored(conditions.get(i)) : 0;
            counts[i] = Math.addExact(through[i] + 1, Math.min(ignored[i], Long.MAX_VALUE - through[i] - 1));
        }
        goal = new Goal(counts, true);
    }

    /** Tells how much of what is ignored came about up to some counts. */
    private void settle(final long[] through) {
        for (int i = 0; i < through.length; i++) {
            final long passed = Math.min(ignored[i], through[i] - (goal.counts()[i] - ignored[i] - 1));
            if (passed > 0) {
                judge.passed(conditions.get(i), passed);
            }
        }
    }

    /** {@return counts from the beginning of a block up to a place in it, and of what a stop there is before} */
    private long[] through(final Place begin, final long step) {
        final long[] here = within(begin, step);
        course.go(begin);
        course.run(1);
        final long[] next = step + 1 >= machine.steps() ? whole(begin) : within(begin, step + 1);
        return through(here, next);
    }

    private long[] through(final long[] here, final long[] next) {
        final long[] through = here.clone();
        for (int i = 0; i < through.length; i++) {
            through[i] = conditions.get(i).stopsBefore() ? next[i] : here[i];
        }
        return through;
    }

    /** Goes to where a way ends, if that is a place, or the last one before it; the machine is at its end or beyond. */
    private Stop goToLimit(final long limit) {
        final Stop stop = way.go(limit);
        if (Arrays.stream(ignored).anyMatch(times -> times > 0)) {
            final Place begin = course.begin();
            final long here = machine.steps();
            final Place start = base;
            course.go(start);
            final long[] before = hits.now();
            if (begin.steps() > start.steps()) {
                course.run(begin.steps() - start.steps());
            }
            final long[] counted = hits.since(before);
            settle(Hits.plus(counted, through(begin, here)));
            course.goBackTo(begin, here);
        }
        return stop;
    }

    /** Walks some blocks: {@return that with which the goal is reached, if any is} */
    private Optional<BlockLook> walk(final int blocks, final long limit) {
        for (int i = 0; i < blocks && machine.steps() < limit && course.ended().isEmpty(); i++) {
            final long[] before = hits.since(zero);
            final long last = machine.steps();
            final NextBlock next = NextBlock.of(course);
            final long[] counted = hits.since(zero);
            if (goal.isReached(counted)) {
                walkedFrom = base;
                if (last > base.steps()) {
                    course.go(base);
                    course.run(last - base.steps());
                    rebase(course.here());
                    goal = goal.without(before);
                } else {
                    course.go(base);
                }
                return Optional.of(new BlockLook(course, hits, base, next.end(), next.cpu(),
                        Hits.minus(counted, before)));
            }
        }
        return Optional.empty();
    }

    private Optional<BlockLook> walkOn(final long limit) {
        interrupted = course.takeInterrupt();
        return interrupted ? Optional.empty() : walk(WALKED, limit);
    }

    /** Runs a piece: {@return the block with which the goal is reached in it, if it is} */
    private Optional<BlockLook> run(final long piece, final long limit) {
        return run(Math.min(piece, limit - machine.steps())) && goal.isReached(hits.since(zero))
                ? near(machine.steps()) : Optional.empty();
    }

    /** Runs so far, unless somebody asks to stop: {@return whether nobody did} */
    private boolean run(final long steps) {
        interrupted = !course.runUnlessStopped(steps, hits.isHeard() ? Course.LISTENED : Course.PATIENCE);
        return !interrupted;
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

    /** {@return conditions that the next step brings about, and before which to stop} */
    List<Condition> ahead() {
        final Place begin = course.begin();
        final long here = machine.steps();
        if (course.ended().isPresent()) {
            return List.of();
        }
        hits.begin();
        try {
            final long[] before = within(begin, here);
            final long[] through = through(begin, here);
            return IntStream.range(0, before.length).filter(i -> conditions.get(i).stopsBefore()
                    && through[i] > before[i]).<Condition>mapToObj(conditions::get).toList();
        } finally {
            hits.end();
            course.goBackTo(begin, here);
        }
    }

    /**
     * {@return the block with which the goal is reached, which is so in the piece, unless somebody asks to stop}
     *
     * @param until steps behind the piece
     */
    private Optional<BlockLook> near(final long until) {
        long high = until;
        while (high - base.steps() > NEAR) {
            course.go(base);
            zero = hits.now();
            if (!run((high - base.steps()) / 2)) {
                course.go(base);
                zero = hits.now();
                return Optional.empty();
            }
            if (machine.steps() >= high) {
                break;
            }
            final long[] counted = hits.since(zero);
            if (goal.isReached(counted)) {
                high = machine.steps();
            } else {
                goal = goal.without(counted);
                rebase(course.here());
            }
        }
        course.trail().keep(base, null);
        course.go(base);
        zero = hits.now();
        return Optional.of(walk(Integer.MAX_VALUE, Long.MAX_VALUE).orElseThrow(() -> new IllegalStateException(
                "a condition counts otherwise when its piece is run again: conditions=" + conditions)));
    }

    /** The piece goes on behind a block in which nothing more is wanted. */
    private void leave(final BlockLook block) {
        block.stand(block.end());
        zero = Hits.minus(hits.now(), block.whole());
    }

    /** {@return where it ends in a block that gets what is wanted, at whose beginning the piece begins} */
    private Optional<Stop> ask(final BlockLook block, final long limit) {
        while (goal.isReached(block.whole())) {
            final BlockLook.Step step = block.first(goal, conditions);
            final List<Condition> stopping = step.met().stream().filter(Condition::stopsBefore).toList();
            final boolean before = !stopping.isEmpty();
            final long place = before ? step.low() : step.high();
            if (place > limit) {
                return Optional.of(goToLimit(limit));
            }
            final long[] through = before ? through(block.at(step.low()), block.at(step.high()))
                    : block.at(step.high());
            settle(through);
            final List<Condition> compared = before ? List.of()
                    : step.met().stream().filter(judge::compares).toList();
            if (!compared.isEmpty()) {
                block.stand(step.low());
                judge.before(new Judge.Sight(compared, block.cpu(), true));
            }
            block.stand(place);
            final List<Condition> told = before ? stopping : step.met();
            if (judge.isWanted(new Judge.Sight(told, block.cpu(), before))) {
                return Optional.of(stop(block, step, told));
            }
            want(through);
        }
        return Optional.empty();
    }

    private Stop stop(final BlockLook block, final BlockLook.Step step, final List<Condition> told) {
        return new Stop(course.position(), Stop.Reason.CONDITION, told, Optional.empty(),
                step.high() == block.end() ? editOf(block.end(), step.met()) : OptionalLong.empty());
    }

    /** {@return the place, if it is the user who brought any of some conditions about there} */
    private OptionalLong editOf(final long step, final List<Condition> some) {
        return course.edits().at(step).filter(edit -> some.stream().anyMatch(edit::bringsAbout)).isPresent()
                ? OptionalLong.of(step) : OptionalLong.empty();
    }

    /** {@return the counts from the beginning of a block to a place in it} */
    private long[] within(final Place begin, final long step) {
        course.go(begin);
        final long[] start = hits.now();
        if (step > begin.steps()) {
            machine.runWithin((int) (step - begin.steps()));
        }
        return hits.since(start);
    }

    private long[] whole(final Place begin) {
        course.go(begin);
        final long[] start = hits.now();
        course.run(1);
        return hits.since(start);
    }

    /**
     * Goes back to the last place where one came about.
     *
     * @param worth whether to look between a snapshot, named by its steps, and the next one
     */
    Stop back(final LongPredicate worth) {
        return back(worth, 1, 0);
    }

    /**
     * Goes back to where the one condition came about, as the last but so many.
     *
     * @param worth whether to look between a snapshot, named by its steps, and the next one
     * @param times which one, counted from here back; 1 for the last, as it must be for several conditions
     * @param least steps before which it need not look; it may
     */
    Stop back(final LongPredicate worth, final long times, final long least) {
        final Place begin = course.begin();
        final long here = machine.steps();
        home = begin;
        homeStep = here;
        hits.begin();
        try {
            long left = times;
            if (here > begin.steps()) {
                final long[] last = within(begin, here);
                if (most(last) >= left) {
                    goal = goalBack(last, left);
                    final Stop stop = before(new BlockLook(course, hits, begin, here, machine.turn(), last));
                    course.forgetBlockEnd();
                    return stop;
                }
                left -= most(last);
            }
            Place end = begin;
            for (final Place start : course.trail().before(begin.steps())) {
                if (end.steps() <= least) {
                    course.go(end);
                    return Stop.of(course.position(), Stop.Reason.ARRIVED);
                }
                if (course.takeInterrupt()) {
                    return left();
                }
                if (worth.test(start.steps())) {
                    course.go(start);
                    rebase(start);
                    if (!run(end.steps() - start.steps())) {
                        return left();
                    }
                    final long[] found = hits.since(zero);
                    if (most(found) >= left) {
                        goal = goalBack(found, left);
                        final Optional<BlockLook> block = near(end.steps());
                        return block.isPresent() ? before(block.get()) : left();
                    }
                    left -= most(found);
                }
                end = start;
            }
            course.go(end);
            return new Stop(course.position(), Stop.Reason.START, List.of(), Optional.empty(),
                    editOf(end.steps(), conditions));
        } finally {
            hits.end();
        }
    }

    /** Stops before the step of a block with which the goal is reached. */
    private Stop before(final BlockLook block) {
        final BlockLook.Step step = block.first(goal, conditions);
        block.stand(step.low());
        return stop(block, step, step.met());
    }

    private static long most(final long[] counts) {
        return Arrays.stream(counts).max().orElseThrow();
    }

    /** {@return what is reached at the last of what was found, or at the last but so many of one condition} */
    private static Goal goalBack(final long[] found, final long times) {
        return new Goal(times == 1 ? found : new long[] {found[0] - times + 1}, false);
    }
}
