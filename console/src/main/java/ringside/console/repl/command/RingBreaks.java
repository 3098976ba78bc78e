package ringside.console.repl.command;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import ringside.console.repl.expression.Expression;
import ringside.console.repl.guest.Bantam;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.NamedRing;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.stop.Breakpoint;
import ringside.console.repl.stop.Breakpoint.Kind;
import ringside.emulator.event.EventKind;
import ringside.emulator.travel.MemoryWritten;
import ringside.fastpath.view.RingView;
import ringside.kernel.abi.RingAbi;

/** A shared ring that gets full or empty, as something to stop at: a watchpoint on the index that makes it so. */
final class RingBreaks {
    private final Guest guest;

    RingBreaks(final Guest guest) {
        this.guest = guest;
        if (!Bantam.is(guest)) {
            throw new RefusedException("this is not a Bantam image: of its rings nothing is known");
        }
    }

    /** {@return what words mean: {@code ring RING full} or {@code ring RING empty}} */
    Breakpoint.Spec spec(final List<String> words, final Optional<Expression> filter, final boolean temporary) {
        final String text = String.join(" ", words);
        if (words.size() < 3 || !List.of("full", "empty").contains(words.getLast())) {
            throw new RefusedException("ring RING full, or ring RING empty: " + text);
        }
        final boolean full = "full".equals(words.getLast());
        final NamedRing named = NamedRing.of(guest, String.join(" ", words.subList(1, words.size() - 1)));
        final RingView ring = named.ring();
        final long head = ring.physical() + RingAbi.RING.offset("head");
        final long tail = ring.physical() + RingAbi.RING.offset("tail");
        final Expression wanted = Expression.of("(p32[" + tail + "] - p32[" + head + "] & 0xffffffff) == "
            + (full ? ring.slots() : 0) + filter.map(more -> " && (" + more + ")").orElse(""))
            .saidAs(filter.map(Expression::toString).orElse(""));
        final long index = full ? tail : head;
        return new Breakpoint.Spec(Kind.WATCH, "ring 0x" + Long.toHexString(named.address()) + " " + words.getLast(),
            new MemoryWritten(index, Integer.BYTES, EnumSet.of(EventKind.MEMORY_WRITE)), Optional.of(wanted),
            OptionalLong.empty(), Optional.of(new Breakpoint.Watched(index, Integer.BYTES)), temporary);
    }
}
