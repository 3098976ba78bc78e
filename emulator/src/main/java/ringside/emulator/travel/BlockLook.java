package ringside.emulator.travel;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A block that is looked into: what comes about up to each of its places, found out once each. */
final class BlockLook {
    private static final long ELSEWHERE = -1;

    private final Course course;
    private final Way way;
    private final Hits hits;
    private final Place begin;
    private final long end;
    private final int cpu;
    private final Map<Long, long[]> counts = new HashMap<>();
    private final Set<Long> places = new HashSet<>();
    /** The place at which the machine was left; it is elsewhere once it goes on. */
    private long stands = ELSEWHERE;

    /**
     * A step that gets what is wanted, or some that have no place between them.
     *
     * @param low  its place
     * @param high the place behind it
     * @param met  what comes about with it
     */
    record Step(long low, long high, List<Condition> met) {
    }

    /**
     * Looks into a block.
     *
     * @param course of the machine
     * @param hits   that count
     * @param begin  of the block
     * @param end    steps behind it, or behind so much of it as is looked into
     * @param cpu    the vCPU that takes it
     * @param whole  counts of all of it
     */
    BlockLook(final Course course, final Hits hits, final Place begin, final long end, final int cpu,
            final long[] whole) {
        this.course = course;
        way = new Way(course);
        this.hits = hits;
        this.begin = begin;
        this.end = end;
        this.cpu = cpu;
        counts.put(begin.steps(), new long[whole.length]);
        counts.put(end, whole);
    }

    Place begin() {
        return begin;
    }

    long end() {
        return end;
    }

    int cpu() {
        return cpu;
    }

    /** {@return the counts of all of it} */
    long[] whole() {
        return counts.get(end);
    }

    /** {@return the counts from its beginning to a place in it} */
    long[] at(final long step) {
        final long[] known = counts.get(step);
        if (known != null) {
            return known;
        }
        course.go(begin);
        final long[] start = hits.now();
        stands = ELSEWHERE;
        if (course.lookOn(begin, step, end)) {
            places.add(step);
            stands = step;
        }
        final long[] counted = hits.since(start);
        counts.put(step, counted);
        return counted;
    }

    /** {@return the first step with which a goal is reached, which the block reaches} */
    Step first(final Goal goal, final List<Condition> conditions) {
        long low = begin.steps();
        long high = end;
        // What is jumped to or called is where a block begins.
        long middle = low + 1;
        while (high - low > 1) {
            if (goal.isReached(at(middle))) {
                high = middle;
            } else {
                low = middle;
            }
            middle = (low + high) / 2;
        }
        while (!isPlace(high)) {
            high++;
        }
        while (!isPlace(low)) {
            low--;
        }
        return new Step(low, high, goal.met(conditions, at(low), at(high)));
    }

    private boolean isPlace(final long step) {
        at(step);
        return step <= begin.steps() || step >= end || places.contains(step);
    }

    /** Has the machine stand at a place in it, or the last one before that. */
    void stand(final long step) {
        if (stands != step) {
            if (step >= end) {
                course.go(begin);
            }
            way.lookFor(begin, step, end);
            if (step == begin.steps()) {
                course.know(end, cpu);
            }
            stands = step;
        }
    }
}
