package ringside.emulator.travel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import ringside.emulator.machine.HostWrite;
import ringside.emulator.machine.Machine;

/** What the user changed in a history, by place: whoever passes the place does it again. */
final class Edits {
    private final TreeMap<Long, Edit> all = new TreeMap<>();
    private long memory;

    /** {@return bytes of memory that they take, about} */
    long memory() {
        return memory;
    }

    /** Adds to what was done in a place; nothing that was done behind it counts any more. */
    void add(final long begin, final long step, final List<HostWrite> writes) {
        cutBehind(step);
        final Edit before = all.get(step);
        final Edit now = (before == null ? new Edit(begin, step, List.of()) : before).and(writes);
        all.put(step, now);
        memory += now.memory() - (before == null ? 0 : before.memory());
    }

    /** Forgets what was done behind a place. */
    void cutBehind(final long step) {
        drop(all.tailMap(step, false));
    }

    /** Forgets what was done before a place, and there as well. */
    void cutUpTo(final long step) {
        drop(all.headMap(step, true));
    }

    private void drop(final Map<Long, Edit> some) {
        memory -= some.values().stream().mapToLong(Edit::memory).sum();
        some.clear();
    }

    /** {@return what was done in a place} */
    Optional<Edit> at(final long step) {
        return Optional.ofNullable(all.get(step));
    }

    /** {@return the steps behind which all edits take at most so many bytes} */
    long behindWhich(final long bytes) {
        long left = memory;
        for (final Edit edit : all.values()) {
            left -= edit.memory();
            if (left <= bytes) {
                return edit.step();
            }
        }
        return 0;
    }

    /**
     * Runs a machine from between two blocks, by so many steps and the rest of a block, and does on the way what was
     * done there.
     *
     * @param machine stands in this history
     * @param steps   at least 1
     * @param run     runs it by so many steps and the rest of a block
     * @param crossed told of each edit, behind it
     */
    void run(final Machine machine, final long steps, final LongConsumer run, final Consumer<Edit> crossed) {
        final long target = Math.addExact(machine.steps(), Math.min(steps, Long.MAX_VALUE - machine.steps()));
        Map.Entry<Long, Edit> next = all.higherEntry(machine.steps());
        while (next != null && target > next.getValue().begin()) {
            final Edit edit = next.getValue();
            if (edit.begin() > machine.steps()) {
                run.accept(edit.begin() - machine.steps());
            }
            if (edit.step() > edit.begin()) {
                machine.runWithin((int) (edit.step() - edit.begin()));
            }
            cross(machine, edit, crossed);
            next = all.higherEntry(machine.steps());
        }
        if (machine.steps() < target && machine.ended().isEmpty()) {
            run.accept(target - machine.steps());
            // The block's rest may have led to where one begins.
            final Edit edit = all.get(machine.steps());
            if (edit != null) {
                cross(machine, edit, crossed);
            }
        }
    }

    private static void cross(final Machine machine, final Edit edit, final Consumer<Edit> crossed) {
        edit.writes().forEach(write -> write.to(machine));
        crossed.accept(edit);
    }
}
