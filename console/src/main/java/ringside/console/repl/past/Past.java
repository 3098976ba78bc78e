package ringside.console.repl.past;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.guest.Stretch;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.Machine;
import ringside.emulator.travel.Condition;
import ringside.emulator.travel.Position;
import ringside.emulator.travel.Stop;
import ringside.toolchain.image.Probe;

/**
 * A stretch of a guest's history as rows of what a {@link Story} counts, the latest of them. A second machine goes
 * through the stretch once and finds them; then the guest itself goes to each, for the place and for names and messages
 * as they were there, and back to where it stood.
 *
 * @param rows  the latest, in order
 * @param total how many there were in all
 * @param from  steps where the stretch began
 * @param to    steps where it ended
 */
public record Past(List<Row> rows, long total, long from, long to) {
    /** Steps that a mark can be before what the machine counts when it tells it, beyond what it counted before. */
    private static final long MARGIN = 10_000;

    /** Copies the list. */
    public Past {
        rows = List.copyOf(rows);
    }

    /**
     * A row.
     *
     * @param position before the step in which it happened
     * @param who      the thread that the CPU ran, or a dash
     * @param text     what happened
     */
    public record Row(Position position, String who, String text) {
    }

    /** A mark that counts, with steps that are not behind it. */
    private record Found(Told told, Story.Telling telling, long behind) {
        Moment moment() {
            return new Moment(told.cpu(), told.cycle());
        }
    }

    /** A CPU's clock: one step has it. */
    private record Moment(int cpu, long cycle) {
    }

    /**
     * {@return the rows of a stretch; the guest stands where it stood}
     *
     * @param guest  whose history, a Bantam
     * @param story  what counts
     * @param from   steps where it begins
     * @param to     steps where it ends, not behind all that has happened
     * @param most   rows
     * @throws RefusedException where somebody asked to stop
     */
    public static Past of(final Guest guest, final Story story, final long from, final long to, final int most) {
        final Finder[] finder = new Finder[1];
        Stretch.of(guest, from, to, machine -> {
            final List<MachineObserver> all = new ArrayList<>(story.with(machine));
            finder[0] = new Finder(machine, story, most);
            all.add(finder[0]);
            return all;
        });
        final List<Row> rows = new Visit(guest, finder[0].found, from, to).rows();
        // Whole blocks were gone through: what is within the stretch's last one, but behind its end, is no part of it.
        return new Past(rows, finder[0].total - (finder[0].found.size() - rows.size()), from, to);
    }

    /** Finds them. */
    private static final class Finder implements MachineObserver {
        private final Machine machine;
        private final Story story;
        private final int most;
        private final String[] kinds;
        private final boolean[] heard;
        private final long[] running;
        private final Deque<Found> found = new ArrayDeque<>();
        private long total;
        private long before;
        private long now;

        Finder(final Machine machine, final Story story, final int most) {
            this.machine = machine;
            this.story = story;
            this.most = most;
            kinds = machine.image().probes().stream().map(Probe::kind).toArray(String[]::new);
            heard = new boolean[kinds.length];
            for (int i = 0; i < kinds.length; i++) {
                heard[i] = story.hears(kinds[i]);
            }
            running = Running.on(machine);
            before = machine.steps();
            now = before;
        }

        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.PROBE);
        }

        @Override
        public void probe(final long cycle, final int cpu, final int probe, final long first, final long second,
                final long third) {
            final long steps = machine.steps();
            if (steps != now) {
                before = now;
                now = steps;
            }
            if (heard[probe]) {
                final Told told = new Told(kinds[probe], cycle, cpu, running[cpu], first, second, third);
                story.of(told).ifPresent(telling -> add(new Found(told, telling, before)));
            }
            if (Running.SWITCH.equals(kinds[probe])) {
                running[cpu] = first;
            }
        }

        private void add(final Found one) {
            total++;
            found.add(one);
            if (found.size() > most) {
                found.removeFirst();
            }
        }
    }

    /** A mark at one of some moments. */
    private static final class At implements Condition {
        private final Set<Moment> moments;
        private long hits;

        At(final Set<Moment> moments) {
            this.moments = Set.copyOf(moments);
        }

        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.PROBE);
        }

        @Override
        public void probe(final long cycle, final int cpu, final int probe, final long first, final long second,
                final long third) {
            if (moments.contains(new Moment(cpu, cycle))) {
                hits++;
            }
        }

        @Override
        public long hits() {
            return hits;
        }

        @Override
        public boolean stopsBefore() {
            return true;
        }
    }

    /** Goes to each of them. */
    private static final class Visit {
        private final Guest guest;
        private final Deque<Found> found;
        private final long from;
        private final long to;
        private final Names names;
        private final Map<Found, Row> rows = new HashMap<>();

        Visit(final Guest guest, final Deque<Found> found, final long from, final long to) {
            this.guest = guest;
            this.found = found;
            this.from = from;
            this.to = to;
            names = new Names(guest);
        }

        List<Row> rows() {
            if (found.isEmpty()) {
                return List.of();
            }
            final long home = guest.machine().steps();
            final int cpu = guest.cpu();
            try {
                go(Math.max(from, found.getFirst().behind - MARGIN));
                if (!rows.containsKey(found.getFirst())) {
                    go(from);
                }
            } finally {
                guest.timeline().go(home);
                guest.select(cpu);
            }
            return found.stream().filter(rows::containsKey).map(rows::get).toList();
        }

        private void go(final long begin) {
            final Map<Moment, List<Found>> left = new HashMap<>();
            found.forEach(one -> left.computeIfAbsent(one.moment(), moment -> new ArrayList<>()).add(one));
            final At at = new At(left.keySet());
            // A way forward passes by what it would stop at where it begins.
            guest.timeline().go(Math.max(guest.timeline().first(), begin - 1));
            while (!left.isEmpty() && guest.machine().steps() < to) {
                final Stop stop = guest.timeline().forward(List.of(at), to - guest.machine().steps());
                if (stop.reason() == Stop.Reason.INTERRUPTED) {
                    throw new RefusedException("interrupted at " + stop.position());
                }
                if (stop.reason() != Stop.Reason.CONDITION || stop.position().step() >= to) {
                    return;
                }
                final int cpu = stop.position().cpu();
                guest.select(cpu);
                names.look();
                final List<Found> here = left.remove(new Moment(cpu, guest.machine().cycles(cpu)));
                if (here != null) {
                    here.forEach(one -> rows.put(one, new Row(stop.position(), names.thread(one.told.thread()),
                        one.telling.text(names))));
                }
            }
        }
    }
}
