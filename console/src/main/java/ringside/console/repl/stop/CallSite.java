package ringside.console.repl.stop;

import java.util.EnumSet;
import java.util.Set;
import ringside.emulator.event.EventKind;
import ringside.emulator.travel.Condition;

/** What may have been left for a place to come back to: an instruction that ends there, or an interruption there. */
final class CallSite implements Condition {
    private final long back;
    private long hits;

    CallSite(final long back) {
        this.back = back;
    }

    @Override
    public Set<EventKind> interests() {
        return EnumSet.of(EventKind.BLOCK, EventKind.EXCEPTION, EventKind.INTERRUPT);
    }

    @Override
    public void block(final long cycle, final int cpu, final int code, final long begin, final int size,
            final int instructions, final int level) {
        // Calls end blocks.
        hits += begin + size == back ? 1 : 0;
    }

    @Override
    public void exception(final long cycle, final int cpu, final int vector, final long code, final long rip) {
        hits += rip == back ? 1 : 0;
    }

    @Override
    public void interrupt(final long cycle, final int cpu, final int vector, final long rip) {
        hits += rip == back ? 1 : 0;
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
