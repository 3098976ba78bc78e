package ringside.profiler.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ringside.emulator.input.InputEntry;

/**
 * What is different between two traces, and where first. Events of one image are held against each other as they are;
 * those of two images by the symbols that they pass, however addresses moved.
 *
 * @param head        what the machines or their guests are, where that is different
 * @param notes       what is told differently and makes no other run
 * @param input       the first input that is different
 * @param equalUntil  steps of the last place that both know and that is equal; 0 is the start
 * @param state       the first place that both know and that is different: steps, and what is
 * @param ends        how the runs end, where that is different
 * @param events      the first event that is different, where both have streams
 * @param bySymbol    whether events were held against each other by their symbols
 */
public record TraceDiff(
        List<Row> head, List<Row> notes, Optional<Row> input, long equalUntil, Optional<Row> state,
        Optional<Row> ends, Optional<EventDifference> events, boolean bySymbol) {
    private static final int SHOWN_BYTES = 16;

    /** Copies the lists. */
    public TraceDiff {
        head = List.copyOf(head);
        notes = List.copyOf(notes);
    }

    /**
     * One thing that is different.
     *
     * @param name of it
     * @param one  in the first trace
     * @param other in the second
     */
    public record Row(String name, String one, String other) {
    }

    /**
     * The first event that is different.
     *
     * @param number of the event in the first trace, from 0
     * @param one    what the first trace has there
     * @param other  what the second one has
     * @param common places of blocks that both had passed, the latest last, as few as tell the way
     */
    public record EventDifference(long number, Side one, Side other, List<String> common) {
        /** Copies the list. */
        public EventDifference {
            common = List.copyOf(common);
        }
    }

    /**
     * What one of the traces has where they differ.
     *
     * @param event empty where it has no more
     * @param least how many steps come before the block in which the event comes, or before it where it comes between
     *              two, at least
     * @param most  and at most: an event stream does not tell how often string instructions were repeated, the
     *              checkpoint behind does so of all in its stretch
     */
    public record Side(Optional<TraceEvent> event, long least, long most) {
    }

    /** {@return whether the two tell of one and the same run} */
    public boolean agrees() {
        return head.isEmpty() && input.isEmpty() && state.isEmpty() && ends.isEmpty() && events.isEmpty();
    }

    /**
     * {@return what is different}
     *
     * @param one   a trace
     * @param other another
     * @throws TraceException where an event stream is damaged
     */
    public static TraceDiff of(final Trace one, final Trace other) {
        final List<Row> head = new ArrayList<>();
        final TraceHead a = one.head();
        final TraceHead b = other.head();
        row(head, "behaviour", a.behaviour(), b.behaviour());
        row(head, "image", a.sha256(), b.sha256());
        row(head, "make", a.make(), b.make());
        final List<Row> notes = new ArrayList<>();
        row(notes, "build", a.build(), b.build());
        row(notes, "image file", a.image(), b.image());
        row(notes, "options", String.join(" ", a.arguments()), String.join(" ", b.arguments()));
        row(notes, "interval", a.interval(), b.interval());
        row(notes, "events", a.events() ? "recorded" : "not recorded", b.events() ? "recorded" : "not recorded");
        final boolean comparable = head.isEmpty() && a.registers().equals(b.registers());
        final Places places = comparable ? Places.of(one, other) : new Places(0, Optional.empty());
        final boolean bySymbol = !a.sha256().equals(b.sha256());
        return new TraceDiff(head, notes, input(one, other), places.equal, places.different, ends(one, other),
                a.events() && b.events() ? events(one, other, bySymbol) : Optional.empty(), bySymbol);
    }

    private static void row(final List<Row> rows, final String name, final Object one, final Object other) {
        if (!one.equals(other)) {
            rows.add(new Row(name, one.toString(), other.toString()));
        }
    }

    private static Optional<Row> input(final Trace one, final Trace other) {
        final List<InputEntry> a = one.input().entries();
        final List<InputEntry> b = other.input().entries();
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
            final String left = i < a.size() ? told(a.get(i)) : "nothing more";
            final String right = i < b.size() ? told(b.get(i)) : "nothing more";
            if (i >= Math.min(a.size(), b.size()) || !left.equals(right)
                    || !Arrays.equals(a.get(i).bytes(), b.get(i).bytes())) {
                return Optional.of(new Row("input " + i, left, right));
            }
        }
        return Optional.empty();
    }

    private static String told(final InputEntry entry) {
        final StringBuilder text = new StringBuilder();
        if (entry.broken()) {
            text.append("a break");
        } else {
            final byte[] bytes = entry.bytes();
            for (int i = 0; i < Math.min(bytes.length, SHOWN_BYTES); i++) {
                text.append(String.format("%02x", bytes[i]));
            }
            text.append(bytes.length > SHOWN_BYTES ? "... (" + bytes.length + " bytes)" : "");
        }
        return text.append(" at cycle ").append(entry.cycle()).append(entry.idle() ? ", waited for" : "").toString();
    }

    private static Optional<Row> ends(final Trace one, final Trace other) {
        final String a = ending(one);
        final String b = ending(other);
        return a.equals(b) ? Optional.empty() : Optional.of(new Row("end", a, b));
    }

    private static String ending(final Trace trace) {
        return trace.end().map(TraceEnd::result).orElse("not closed") + ", step " + trace.steps();
    }

    /** Places that both traces know, as far as they are equal and where they are not. */
    private record Places(long equal, Optional<Row> different) {
        static Places of(final Trace one, final Trace other) {
            final Map<Long, String> known = all(one);
            long equal = 0;
            for (final Map.Entry<Long, String> place : all(other).entrySet()) {
                final String there = known.get(place.getKey());
                // A tick and a checkpoint at one step say nothing of each other.
                if (there != null && there.charAt(0) == place.getValue().charAt(0)) {
                    if (!there.equals(place.getValue())) {
                        return new Places(equal,
                                Optional.of(new Row("step " + place.getKey(), there, place.getValue())));
                    }
                    equal = place.getKey();
                }
            }
            return new Places(equal, Optional.empty());
        }

        private static Map<Long, String> all(final Trace trace) {
            final Map<Long, String> all = new TreeMap<>();
            for (final Stretch stretch : trace.stretches()) {
                for (final Tick tick : stretch.ticks()) {
                    all.put(tick.steps(), "registers " + Integer.toHexString(tick.digest()));
                }
                all.put(stretch.end().steps(), "state " + stretch.end().hash());
            }
            return all;
        }
    }

    private static Optional<EventDifference> events(final Trace one, final Trace other, final boolean bySymbol) {
        try (EventStream a = new EventStream(one, bySymbol); EventStream b = new EventStream(other, bySymbol)) {
            while (a.hasNext() && b.hasNext()) {
                final TraceEvent left = a.next();
                final TraceEvent right = b.next();
                if (bySymbol ? !a.key().equals(b.key()) : !left.equals(right)) {
                    return Optional.of(new EventDifference(a.number(), a.side(Optional.of(left)),
                            b.side(Optional.of(right)), a.passed()));
                }
            }
            final Optional<TraceEvent> left = a.hasNext() ? Optional.of(a.next()) : Optional.empty();
            final Optional<TraceEvent> right = b.hasNext() ? Optional.of(b.next()) : Optional.empty();
            return left.isEmpty() && right.isEmpty() ? Optional.empty()
                    : Optional.of(new EventDifference(a.number(), a.side(left), b.side(right), a.passed()));
        }
    }
}
