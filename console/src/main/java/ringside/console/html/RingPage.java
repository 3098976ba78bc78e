package ringside.console.html;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import ringside.fastpath.view.RingHistory.Act;
import ringside.fastpath.view.RingHistory.Event;
import ringside.fastpath.view.RingHistory.Life;

/** How many messages were in each shared ring, over the time of a run. */
final class RingPage {
    private static final int MOST_RINGS = 12;
    private static final int WIDTH = 600;
    private static final int HEIGHT = 80;

    private RingPage() {
    }

    static Map<String, Object> of(final List<ReportContent.Gate> gates) {
        final List<Map<String, Object>> guests = gates.stream().flatMap(gate -> gate.rings().stream())
            .filter(guest -> !guest.rings().isEmpty()).map(RingPage::guest).toList();
        return Values.of("guests", guests, "none", guests.isEmpty());
    }

    private static Map<String, Object> guest(final GuestRings guest) {
        return Values.of("name", guest.name(),
            "leftOut", guest.rings().size() > MOST_RINGS
                ? List.of(String.valueOf(guest.rings().size() - MOST_RINGS)) : List.of(),
            "rings", guest.rings().entrySet().stream().sorted(Map.Entry.comparingByValue(
                Comparator.comparingInt((List<Event> events) -> events.size()).reversed())).limit(MOST_RINGS)
                .map(ring -> ring(ring.getKey(), ring.getValue())).toList());
    }

    private static Map<String, Object> ring(final Life life, final List<Event> events) {
        final long first = events.stream().mapToLong(Event::cycle).min().orElseThrow();
        final long last = events.stream().mapToLong(Event::cycle).max().orElseThrow();
        final int most = Math.max(1, events.stream().mapToInt(Event::occupancy).max().orElseThrow());
        final Occupancy occupancy = new Occupancy(first, last, most);
        events.forEach(occupancy::add);
        final TreeSet<Integer> waits = events.stream().filter(event -> event.act() == Act.WAITS)
            .map(event -> occupancy.x(event.cycle())).collect(Collectors.toCollection(TreeSet::new));
        return Values.of("ring", "Ring at " + life, "put", count(events, Act.PUT),
            "taken", count(events, Act.TAKEN), "waits", count(events, Act.WAITS), "most", most,
            "first", first, "last", last, "path_data", occupancy.path(),
            "writers", threads(events, Act.PUT), "readers", threads(events, Act.TAKEN),
            "mean", String.format(Locale.ROOT, "%.2f", occupancy.mean()),
            "ticks", waits.stream().map(x -> Values.of("x", x)).toList());
    }

    private static long count(final List<Event> events, final Act act) {
        return events.stream().filter(event -> event.act() == act).count();
    }

    private static String threads(final List<Event> events, final Act act) {
        return events.stream().filter(event -> event.act() == act).map(Event::thread).distinct().sorted()
            .limit(4).map(thread -> "0x" + Long.toHexString(thread)).collect(Collectors.joining(", "));
    }

    /** A line of steps, at most three for each pixel: up to the most, down to the least, to the last. */
    private static final class Occupancy {
        private final long first;
        private final double span;
        private final int most;
        private final StringBuilder path = new StringBuilder("M0 " + HEIGHT);
        private int at;
        private int least;
        private int greatest;
        private int now;
        private long since;
        private double sum;

        Occupancy(final long first, final long last, final int most) {
            this.first = first;
            span = Math.max(1, last - first);
            this.most = most;
            since = first;
        }

        int x(final long cycle) {
            return (int) Math.round((cycle - first) / span * WIDTH);
        }

        void add(final Event event) {
            final int x = x(event.cycle());
            if (x != at) {
                flush();
                path.append('H').append(x);
                at = x;
                least = now;
                greatest = now;
            }
            sum += (double) now * Math.max(0, event.cycle() - since);
            since = Math.max(since, event.cycle());
            now = event.occupancy();
            least = Math.min(least, now);
            greatest = Math.max(greatest, now);
        }

        private void flush() {
            for (final int level : new int[] {greatest, least, now}) {
                path.append('V').append(HEIGHT - level * HEIGHT / most);
            }
        }

        double mean() {
            return sum / span;
        }

        String path() {
            flush();
            return path.append('H').append(WIDTH).toString();
        }
    }
}
