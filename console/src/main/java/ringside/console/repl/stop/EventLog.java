package ringside.console.repl.stop;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.Stretch;

/** Events that are printed as the guest passes them, once each, going forward. */
public final class EventLog {
    /** The most lines that one way prints. */
    public static final int MOST_LINES = 10_000;

    private final Guest guest;
    private final Consumer<String> out;
    private final List<EventHappened> wanted = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private Set<Heard> atTheEnd = Set.of();
    private long passed;

    /** An event; the same one if it is told again. */
    private record Heard(long cycle, int cpu, boolean ahead, String text) {
    }

    /**
     * Makes a log that prints nothing.
     *
     * @param guest whose events
     * @param out   takes lines, each with its end
     */
    public EventLog(final Guest guest, final Consumer<String> out) {
        this.guest = guest;
        this.out = out;
    }

    /**
     * Prints events of a kind from here on.
     *
     * @param text  as it was named
     * @param event which
     */
    public void add(final String text, final EventHappened event) {
        texts.add(text);
        wanted.add(event);
        passed = guest.machine().steps();
        atTheEnd = Set.of();
    }

    /** Prints no more events. */
    public void clear() {
        texts.clear();
        wanted.clear();
    }

    /** What came behind this place has not happened. */
    public void cut() {
        passed = Math.min(passed, guest.machine().steps());
    }

    /** {@return what is printed, as it was named} */
    public List<String> texts() {
        return List.copyOf(texts);
    }

    /** A way forward was gone: it is gone once more, with somebody who listens, for as far as it is new. */
    void passed(final long from, final long to) {
        final long begin = Math.max(from, passed);
        if (wanted.isEmpty() || begin >= to) {
            return;
        }
        final Set<Heard> heard = new LinkedHashSet<>();
        guest.timeline().go(begin);
        final long[] cyclesBefore = cycles();
        guest.timeline().go(to);
        final long[] cyclesNow = cycles();
        for (final EventHappened event : wanted) {
            event.listen((cycle, cpu, ahead, text) -> {
                if (heard.size() <= MOST_LINES && cycle >= cyclesBefore[cpu] && cycle <= cyclesNow[cpu]) {
                    heard.add(new Heard(cycle, cpu, ahead, text));
                }
            });
        }
        Stretch.of(guest, begin, to, machine -> wanted);
        wanted.forEach(event -> event.listen(EventHappened.NOBODY));
        heard.removeIf(one -> one.ahead && one.cycle == cyclesNow[one.cpu] || atTheEnd.contains(one));
        heard.stream().limit(MOST_LINES).forEach(one -> out.accept("  " + one.cycle
            + (guest.cpus() > 1 ? ":" + one.cpu : "") + "  " + one.text + "\n"));
        if (heard.size() > MOST_LINES) {
            out.accept("  ... and more: an event log shows " + MOST_LINES + " at once\n");
        }
        heard.removeIf(one -> one.cycle != cyclesNow[one.cpu]);
        atTheEnd = heard;
        passed = to;
    }

    private long[] cycles() {
        return IntStream.range(0, guest.cpus()).mapToLong(guest.machine()::cycles).toArray();
    }
}
