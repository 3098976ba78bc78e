package ringside.console.repl.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import ringside.console.repl.expression.Expression;
import ringside.console.repl.expression.ExpressionException;
import ringside.console.repl.guest.Bantam;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.stop.Breakpoint;
import ringside.console.repl.stop.Breakpoint.Kind;
import ringside.console.repl.stop.EventHappened;
import ringside.console.repl.stop.EventType;

/** What happens to Bantam's threads, as something to stop at. */
final class ThreadBreaks {
    /** What a CPU runs, before it is another one. */
    private static final String RUNNING = "u64[cpu_block + cpu * Cpu_size + Cpu_current]";
    private static final Map<String, Predicate<String>> ACTS = Map.of("blocks", kind -> kind.startsWith("block_"),
        "wakes", "thread_wake"::equals, "runs", "context_switch"::equals, "dies", "thread_kill"::equals);

    /** A thread's name: that of a process, and a number where it is not its first one. */
    private static final Pattern NAME = Pattern.compile("[a-z][\\w-]*(/\\d{1,4})?");

    private final Guest guest;

    ThreadBreaks(final Guest guest) {
        this.guest = guest;
    }

    /** {@return whether words name a thread that is not there yet} */
    boolean isWaiting(final List<String> words) {
        if (!Bantam.is(guest) || !List.of("thread", "switch").contains(words.getFirst())) {
            return false;
        }
        final List<String> names = new ArrayList<>();
        if ("thread".equals(words.getFirst())) {
            if (words.size() == 3 && ACTS.containsKey(words.get(2))) {
                names.add(words.get(1));
            }
        } else {
            for (int i = 2; i < words.size(); i += 2) {
                names.add(words.get(i));
            }
        }
        return names.stream().anyMatch(name -> NAME.matcher(name).matches() && isUnknown(name));
    }

    private boolean isUnknown(final String name) {
        try {
            Bantam.of(guest).named(name);
            return false;
        } catch (final RefusedException | ExpressionException none) {
            return true;
        }
    }

    /** {@return what finds the places where a thread may be there that is not yet} */
    Breakpoint.Spec waiting(final List<String> words, final boolean temporary) {
        final String text = String.join(" ", words);
        return new Breakpoint.Spec(Kind.EVENT, text, new EventHappened(BantamNames.events(guest, text,
            List.of("context_switch", "thread_create")::contains), Map.of(), guest::named), Optional.empty(),
            OptionalLong.empty(), Optional.empty(), temporary);
    }

    /** {@return what words mean: {@code thread T ACT} or {@code switch [from A] [to B]}} */
    Breakpoint.Spec spec(final List<String> words, final Optional<Expression> filter, final boolean temporary) {
        final String text = String.join(" ", words);
        if ("switch".equals(words.getFirst())) {
            return switches(words, text, filter, temporary);
        }
        if (words.size() != 3 || !ACTS.containsKey(words.get(2))) {
            throw new RefusedException("thread NAME blocks, wakes, runs or dies: " + text);
        }
        final long thread = Bantam.of(guest).named(words.get(1));
        return new Breakpoint.Spec(Kind.EVENT, text, BantamNames.ofThread(guest, text, ACTS.get(words.get(2)),
            thread), filter, OptionalLong.empty(), Optional.empty(), temporary);
    }

    private Breakpoint.Spec switches(
            final List<String> words, final String text, final Optional<Expression> filter, final boolean temporary) {
        final EventType type = EventType.named(guest.image(), "context_switch").orElseThrow(() ->
            new RefusedException("this image has no marks that tell of switches"));
        final Bantam bantam = Bantam.of(guest);
        Optional<Expression> wanted = filter;
        Map<String, Long> to = Map.of();
        for (int i = 1; i < words.size(); i += 2) {
            if (i + 1 == words.size() || !List.of("from", "to").contains(words.get(i))) {
                throw new RefusedException("switch [from THREAD] [to THREAD]: " + text);
            }
            final long thread = bantam.named(words.get(i + 1));
            if ("to".equals(words.get(i))) {
                to = Map.of("first", thread);
            } else {
                wanted = Optional.of(Expression.of(RUNNING + " == 0x" + Long.toHexString(thread)
                    + filter.map(more -> " && (" + more + ")").orElse(""))
                    .saidAs(filter.map(Expression::toString).orElse("")));
            }
        }
        return new Breakpoint.Spec(Kind.EVENT, text, new EventHappened(type, to, guest::named), wanted,
            OptionalLong.empty(), Optional.empty(), temporary);
    }
}
