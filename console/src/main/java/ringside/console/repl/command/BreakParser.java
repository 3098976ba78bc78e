package ringside.console.repl.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import ringside.console.repl.expression.Expression;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.Places;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.stop.Breakpoint;
import ringside.console.repl.stop.Breakpoint.Kind;
import ringside.console.repl.stop.CodeIn;
import ringside.console.repl.stop.CodeOn;
import ringside.console.repl.stop.EventHappened;
import ringside.console.repl.stop.EventType;
import ringside.console.repl.stop.StopConditions;
import ringside.emulator.travel.Condition;

/** Reads what to stop at: {@code WHAT [on CPU] [ignore N] [if EXPR]}. */
final class BreakParser {
    private final Desk desk;
    private final Guest guest;

    BreakParser(final Desk desk) {
        this.desk = desk;
        guest = desk.guest();
    }

    /** Adds a breakpoint and says so. */
    void add(final List<String> words, final boolean temporary) {
        final List<String> left = new ArrayList<>(words);
        final String filterText = rest(left, "if");
        final Optional<Expression> filter = filterText.isEmpty() ? Optional.empty()
            : Optional.of(Expression.of(filterText));
        int ignored = 0;
        int cpu = CodeOn.ANY;
        for (String word = option(left); !word.isEmpty(); word = option(left)) {
            final String number = left.removeLast();
            left.removeLast();
            if ("ignore".equals(word)) {
                ignored = (int) bounded("ignore", number, 1_000_000_000);
            } else {
                cpu = (int) bounded("on", number, guest.cpus() - 1);
            }
        }
        if (left.isEmpty()) {
            throw new RefusedException("stop at what? 'help break' tells");
        }
        final int on = cpu;
        final Breakpoint added;
        final ThreadBreaks threads = new ThreadBreaks(guest);
        if (threads.isWaiting(left)) {
            added = desk.breakpoints().add(threads.waiting(left, temporary));
            added.waitFor(() -> threads.isWaiting(left) ? Optional.empty()
                : Optional.of(spec(left, on, filter, temporary)));
        } else {
            added = desk.breakpoints().add(spec(left, on, filter, temporary));
        }
        added.ignore(ignored);
        desk.out().println(BreakText.added(guest, added));
    }

    private long bounded(final String word, final String number, final long most) {
        final long value = guest.value(number);
        if (value < 0 || value > most) {
            throw new RefusedException(word + " " + number + ": from 0 to " + most);
        }
        return value;
    }

    /** Takes the words behind a word off. */
    private static String rest(final List<String> words, final String word) {
        final int at = words.indexOf(word);
        if (at < 0) {
            return "";
        }
        final String rest = String.join(" ", words.subList(at + 1, words.size()));
        if (rest.isEmpty()) {
            throw new RefusedException("behind '" + word + "' comes an expression");
        }
        words.subList(at, words.size()).clear();
        return rest;
    }

    private static String option(final List<String> words) {
        final String word = words.size() < 3 ? "" : words.get(words.size() - 2);
        return "ignore".equals(word) || "on".equals(word) ? word : "";
    }

    private Breakpoint.Spec spec(
            final List<String> words, final int cpu, final Optional<Expression> filter, final boolean temporary) {
        final String all = String.join(" ", words);
        final String rest = String.join(" ", words.subList(1, words.size()));
        if (words.size() > 1) {
            switch (words.getFirst()) {
                case "instruction":
                case "cycle":
                    return counted(words.getFirst(), rest, filter, temporary);
                case "console":
                    return new Breakpoint.Spec(Kind.CONSOLE, "console " + rest,
                        StopConditions.said(guest.timeline(), text(rest)), filter, OptionalLong.empty(),
                        Optional.empty(), temporary);
                case "event":
                    final Condition event = event(words.subList(1, words.size()), cpu);
                    return new Breakpoint.Spec(Kind.EVENT, all, event, filter, OptionalLong.empty(), Optional.empty(),
                        temporary);
                case "ring":
                    return new RingBreaks(guest).spec(words, filter, temporary);
                case "-p":
                    return physical(rest, cpu, filter, temporary);
                case "thread":
                case "switch":
                    return new ThreadBreaks(guest).spec(words, filter, temporary);
                default:
                    break;
            }
        }
        final Places.Place place = new Places(guest).of(all);
        return new Breakpoint.Spec(Kind.CODE, place.text(), new CodeOn(place.addresses(), cpu), filter, place.space(),
            Optional.empty(), temporary);
    }

    private Breakpoint.Spec physical(
            final String text, final int cpu, final Optional<Expression> filter, final boolean temporary) {
        final long address = guest.value(text.startsWith("*") ? text.substring(1) : text);
        if (address < 0 || address >= guest.memory().size()) {
            throw new RefusedException("not in RAM: 0x" + Long.toHexString(address));
        }
        return new Breakpoint.Spec(Kind.CODE, "physical 0x" + Long.toHexString(address),
            new CodeIn(guest.machine(), address, 1, cpu), filter, OptionalLong.empty(), Optional.empty(), temporary);
    }

    private static String text(final String quoted) {
        final String text = DeskCommand.unquoted(quoted);
        if (text.isEmpty()) {
            throw new RefusedException("an empty text is said all the time");
        }
        return text;
    }

    private Breakpoint.Spec counted(
            final String what, final String number, final Optional<Expression> filter, final boolean temporary) {
        final long count = guest.value(number);
        final boolean instructions = "instruction".equals(what);
        if (count < 1) {
            throw new RefusedException(what + " " + number + ": from 1 on");
        }
        return new Breakpoint.Spec(Kind.COUNT, what + " " + count, instructions
            ? StopConditions.counted(guest.machine()::instructions, count)
            : StopConditions.counted(guest.machine()::cycles, count), filter, OptionalLong.empty(), Optional.empty(),
            temporary);
    }

    /** {@return the event that words name: a kind, and arguments with their values} */
    EventHappened event(final List<String> words, final int cpu) {
        final EventType type = EventType.named(guest.image(), words.getFirst()).orElseThrow(() ->
            new RefusedException("no event '" + words.getFirst() + "': " + kinds(guest)));
        final Map<String, Long> wanted = new HashMap<>();
        if (cpu != CodeOn.ANY) {
            wanted.put("cpu", (long) cpu);
        }
        for (final String word : words.subList(1, words.size())) {
            final int at = word.indexOf('=');
            if (at < 1) {
                throw new RefusedException("'" + word + "': an argument is NAME=VALUE");
            }
            final String value = word.substring(at + 1);
            wanted.put(word.substring(0, at), BantamNames.value(guest, type, value));
        }
        return new EventHappened(type, wanted, guest::named);
    }

    /** {@return all kinds of events, for people} */
    static String kinds(final Guest guest) {
        return EventType.all(guest.image()).stream().map(EventType::name).collect(Collectors.joining(", "));
    }
}
