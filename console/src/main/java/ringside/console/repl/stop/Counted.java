package ringside.console.repl.stop;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.LongSupplier;
import ringside.emulator.event.EventKind;
import ringside.emulator.travel.Condition;

/** A counter of the machine's that only rises gets to a number. */
final class Counted implements Condition {
    private final LongSupplier counter;
    private final long wanted;

    Counted(final LongSupplier counter, final long wanted) {
        this.counter = counter;
        this.wanted = wanted;
    }

    @Override
    public Set<EventKind> interests() {
        return EnumSet.noneOf(EventKind.class);
    }

    @Override
    public long hits() {
        return counter.getAsLong() >= wanted ? 1 : 0;
    }

    @Override
    public boolean stopsBefore() {
        return false;
    }
}
