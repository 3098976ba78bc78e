package ringside.emulator.travel;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ringside.emulator.machine.Machine;

/**
 * How often conditions came about: as they counted, as the machine did for one of them, and by the user's changes, of
 * which nobody else hears. Only differences mean something, between two places of one run.
 */
final class Hits {
    private final Course course;
    private final Machine machine;
    private final List<Condition> conditions;
    private final Set<Condition> observing = new LinkedHashSet<>();
    /** How often the user brought each condition about, for those of which the machine counts nothing. */
    private final long[] changed;
    private Optional<MemoryWritten> counted = Optional.empty();

    Hits(final Course course, final List<Condition> conditions) {
        this.course = course;
        this.conditions = conditions;
        machine = course.machine();
        changed = new long[conditions.size()];
    }

    /** Begins to count: the machine counts one condition's stores by itself; the others observe. */
    void begin() {
        for (final Condition condition : conditions) {
            if (counted.isEmpty() && condition instanceof MemoryWritten stores && stores.isOfStoresAlone()) {
                stores.count(machine);
                counted = Optional.of(stores);
            } else if (counted.filter(condition::equals).isEmpty()) {
                observing.add(condition);
            }
        }
        observing.forEach(machine::addObserver);
        course.onEdit(this::changed);
    }

    private void changed(final Edit edit) {
        for (int i = 0; i < changed.length; i++) {
            if (observing.contains(conditions.get(i))) {
                changed[i] += edit.writes().stream().filter(conditions.get(i)::isBroughtAboutBy).count();
            }
        }
    }

    /** Counts no more. */
    void end() {
        counted.ifPresent(MemoryWritten::countNoMore);
        observing.forEach(machine::removeObserver);
        course.onEdit(edit -> { });
    }

    /** {@return whether any condition listens, and not the machine alone} */
    boolean isHeard() {
        return !observing.isEmpty();
    }

    long[] now() {
        final long[] now = changed.clone();
        for (int i = 0; i < now.length; i++) {
            now[i] += conditions.get(i).hits();
        }
        return now;
    }

    long[] since(final long[] before) {
        return minus(now(), before);
    }

    static long[] minus(final long[] left, final long[] right) {
        final long[] difference = left.clone();
        for (int i = 0; i < difference.length; i++) {
            difference[i] -= right[i];
        }
        return difference;
    }

    static long[] plus(final long[] left, final long[] right) {
        final long[] sum = left.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += right[i];
        }
        return sum;
    }
}
