package ringside.emulator.travel;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import ringside.emulator.input.InputLog;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.HostWrite;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.emulator.snapshot.Snapshot;
import ringside.toolchain.image.GuestImage;

/**
 * A history as a machine makes it that nobody watches: block after block from the start, each place within a block
 * looked at by itself. What a timeline finds by searching, this finds by trying every place.
 */
final class ReferenceHistory implements AutoCloseable {
    private static final int NEAR = 40;

    private final Machine machine;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final TreeMap<Long, Snapshot> snapshots = new TreeMap<>();
    private final TreeMap<Long, Block> blocks = new TreeMap<>();
    private final TreeMap<Long, Edit> edits;

    /** A block: where it ends, and how much was said before. */
    private record Block(long end, int said) {
    }

    /**
     * Goes through it.
     *
     * @param input heard
     * @param edits what was changed, by the steps of the place
     * @param until steps at which to stop
     */
    ReferenceHistory(final MachineConfig config, final GuestImage image, final InputLog input,
            final TreeMap<Long, Edit> edits, final long until) {
        this.edits = edits;
        machine = Machine.boot(config.withSerial(said::write).withInput(input.replay()), image);
        change(0);
        snapshots.put(0L, machine.snapshot());
        while (machine.steps() < until && machine.ended().isEmpty()) {
            final long begin = machine.steps();
            final int before = said.size();
            advance(List.of());
            blocks.put(begin, new Block(machine.steps(), before));
            if (blocks.size() % NEAR == 0 || edits.containsKey(machine.steps())) {
                snapshots.put(machine.steps(), machine.snapshot());
            }
        }
        blocks.put(machine.steps(), new Block(machine.steps(), said.size()));
        snapshots.put(machine.steps(), machine.snapshot());
    }

    private void change(final long step) {
        changes(step).forEach(write -> write.to(machine));
    }

    private List<HostWrite> changes(final long step) {
        return edits.containsKey(step) ? edits.get(step).writes() : List.of();
    }

    /** {@return where the block begins in which a place is} */
    long blockOf(final long place) {
        return blocks.floorKey(place);
    }

    /** {@return how often the user brought a condition about at the end of the block that was run} */
    private long advance(final List<Condition> conditions) {
        final Map.Entry<Long, Edit> next = edits.higherEntry(machine.steps());
        if (next != null && next.getValue().begin() == machine.steps()) {
            machine.runWithin((int) (next.getKey() - machine.steps()));
        } else {
            machine.run(Budget.steps(1));
        }
        change(machine.steps());
        return changes(machine.steps()).stream().filter(each -> conditions.stream()
                .anyMatch(condition -> condition.isBroughtAboutBy(each))).count();
    }

    /** {@return a condition that is about this machine's steps} */
    Condition stepOf(final int cpu) {
        return new StepOf(machine, cpu);
    }

    /** {@return steps of the last place} */
    long end() {
        return blocks.lastKey();
    }

    /** {@return whether there is a place; if so, the machine stands there} */
    private boolean look(final long step) {
        final long begin = blocks.floorKey(step);
        final Map.Entry<Long, Snapshot> from = snapshots.floorEntry(begin);
        machine.restore(from.getValue());
        if (begin > from.getKey()) {
            machine.run(Budget.steps(begin - from.getKey()));
        }
        if (step == begin) {
            return true;
        }
        return machine.runWithin((int) (step - begin)) instanceof RunResult.BudgetSpent && machine.steps() == step;
    }

    /** {@return the last place at or before a number of steps} */
    long floor(final long step) {
        long place = Math.min(step, end());
        while (!look(place)) {
            place--;
        }
        return place;
    }

    /** {@return the place before one; the first for itself} */
    long before(final long place) {
        return place == 0 ? 0 : floor(place - 1);
    }

    /** {@return the place behind one; the last for itself} */
    long after(final long place) {
        if (place >= end()) {
            return end();
        }
        final long end = blocks.floorEntry(place).getValue().end;
        for (long next = place + 1; next < end; next++) {
            if (look(next)) {
                return next;
            }
        }
        return end;
    }

    String hash(final long place) {
        look(place);
        return machine.stateHash();
    }

    /** {@return what was said before a place, but for that within its block} */
    byte[] said(final long place) {
        return Arrays.copyOf(said.toByteArray(), blocks.floorEntry(place).getValue().said);
    }

    private void stand(final long begin) {
        if (!look(begin)) {
            throw new IllegalArgumentException("no place: step=" + begin);
        }
    }

    /** {@return how often a condition came about from the beginning of a block to a place in it or its end} */
    private long hits(final long begin, final long place, final Condition condition) {
        stand(begin);
        machine.addObserver(condition);
        try {
            final long before = condition.hits();
            long changed = 0;
            if (place == blocks.get(begin).end) {
                changed = advance(List.of(condition));
            } else if (place > begin) {
                machine.runWithin((int) (place - begin));
            }
            return condition.hits() - before + changed;
        } finally {
            machine.removeObserver(condition);
        }
    }

    /** {@return beginnings of the blocks in which a condition comes about, from that of a place to that of another} */
    private TreeSet<Long> blocksWith(final Condition condition, final long from, final long to) {
        final TreeSet<Long> found = new TreeSet<>();
        stand(blocks.floorKey(from));
        machine.addObserver(condition);
        try {
            while (machine.steps() < to && machine.ended().isEmpty()) {
                final long begin = machine.steps();
                final long before = condition.hits();
                if (advance(List.of(condition)) + condition.hits() > before) {
                    found.add(begin);
                }
            }
            return found;
        } finally {
            machine.removeObserver(condition);
        }
    }

    /** {@return the place before which, or behind which, a condition comes about next; the limit if that is first} */
    long forward(final long place, final Condition condition, final long limit) {
        for (final long begin : blocksWith(condition, place, Math.min(limit, end()))) {
            for (long from = begin; from < blocks.get(begin).end;) {
                final long to = after(from);
                final long stop = condition.stopsBefore() ? from : to;
                if (stop > place && hits(begin, to, condition) > hits(begin, from, condition)) {
                    return stop > limit ? floor(limit) : stop;
                }
                from = to;
            }
        }
        return floor(limit);
    }

    Machine machine() {
        return machine;
    }

    /** {@return the vCPU that takes a block} */
    private int cpuOf(final long begin) {
        stand(begin);
        final long[] before = IntStream.range(0, machine.config().vcpus()).mapToLong(machine::steps).toArray();
        advance(List.of());
        return IntStream.range(0, before.length).filter(i -> machine.steps(i) != before[i]).findFirst()
                .orElse(machine.turn());
    }

    /**
     * {@return where any of some conditions comes about and somebody wants it; the limit if that is first}
     *
     * @param judge is asked at each place, looks at this history's machine, and ignores what comes once a step
     */
    long forward(final long place, final List<Condition> conditions, final long limit, final Judge judge) {
        final TreeSet<Long> all = new TreeSet<>();
        conditions.forEach(each -> all.addAll(blocksWith(each, place, Math.min(limit, end()))));
        for (final long begin : all) {
            final int cpu = cpuOf(begin);
            for (long from = begin; from < blocks.get(begin).end;) {
                final long low = from;
                final long high = after(from);
                final Map<Condition, Long> met = new LinkedHashMap<>();
                conditions.forEach(each -> met.put(each, hits(begin, high, each) - hits(begin, low, each)));
                for (final boolean before : new boolean[] {true, false}) {
                    final long stop = before ? low : high;
                    if (stop > place && stop <= limit && isWanted(low, stop, new Judge.Sight(
                            asked(met, before, judge), cpu, before), judge)) {
                        return stop;
                    }
                }
                from = high;
            }
        }
        return floor(limit);
    }

    private static List<Condition> asked(final Map<Condition, Long> met, final boolean before, final Judge judge) {
        final List<Condition> asked = new ArrayList<>();
        met.forEach((condition, times) -> {
            if (condition.stopsBefore() == before) {
                final long passed = Math.min(times, condition.isOnceAStep() ? judge.ignored(condition) : 0);
                judge.passed(condition, passed);
                if (times > passed) {
                    asked.add(condition);
                }
            }
        });
        return asked;
    }

    private boolean isWanted(final long low, final long stop, final Judge.Sight sight, final Judge judge) {
        if (sight.met().isEmpty()) {
            return false;
        }
        if (!sight.before()) {
            stand(low);
            judge.before(sight);
        }
        stand(stop);
        return judge.isWanted(sight);
    }

    /** {@return the place before which a condition came about last, the first if nowhere} */
    long back(final long place, final Condition condition) {
        for (final long begin : blocksWith(condition, 0, place).descendingSet()) {
            for (long to = Math.min(place, blocks.get(begin).end); to > begin;) {
                final long from = before(to);
                if (hits(begin, to, condition) > hits(begin, from, condition)) {
                    return from;
                }
                to = from;
            }
        }
        return 0;
    }

    @Override
    public void close() {
        machine.close();
    }
}
