package ringside.console.repl.command;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import ringside.console.repl.guest.Bantam;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.stop.EventHappened;
import ringside.console.repl.stop.EventType;
import ringside.emulator.event.EventKind;
import ringside.kernel.abi.SystemCall;
import ringside.kernel.abi.SystemCalls;

/** Bantam's system calls and threads by name. */
final class BantamNames {
    /** A process's name and a number, as {@code init/0}. */
    private static final Pattern THREAD = Pattern.compile("[a-z][\\w-]*/\\d{1,4}");

    private BantamNames() {
    }

    /** {@return the number of a system call, where an event is one and the text its name} */
    static Optional<Long> systemCall(final EventType type, final String text) {
        if (type.kind() != EventKind.SYSCALL) {
            return Optional.empty();
        }
        final String name = text.toUpperCase(Locale.ROOT).replace('-', '_').replaceFirst("^SYS_", "");
        return SystemCalls.all().stream().filter(call -> call.name().equals(name)).findFirst()
            .map(SystemCall::number).map(Long::valueOf);
    }

    /** {@return what a value of an event means: a system call's name, a thread's name, or an expression} */
    static long value(final Guest guest, final EventType type, final String text) {
        return systemCall(type, text).orElseGet(() -> THREAD.matcher(text).matches() && Bantam.is(guest)
            ? Bantam.of(guest).named(text) : guest.value(text));
    }

    /**
     * {@return all events of a thread's of some kinds}
     *
     * @param text  as it was named
     * @param kinds that count
     */
    static EventHappened ofThread(
            final Guest guest, final String text, final Predicate<String> kinds, final long thread) {
        return new EventHappened(events(guest, text, kinds), Map.of("first", thread), guest::named);
    }

    /** {@return all marks of some kinds, as one kind of events} */
    static EventType events(final Guest guest, final String text, final Predicate<String> kinds) {
        final Map<Integer, List<String>> probes = new TreeMap<>();
        EventType.all(guest.image()).stream().filter(type -> kinds.test(type.name()))
            .forEach(type -> probes.putAll(type.probes()));
        if (probes.isEmpty()) {
            throw new RefusedException("this image has no marks that tell of it: " + text);
        }
        return new EventType(text, EventKind.PROBE, List.of("first", "second", "third"), probes);
    }
}
