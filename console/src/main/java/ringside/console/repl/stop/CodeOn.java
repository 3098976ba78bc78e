package ringside.console.repl.stop;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import ringside.emulator.event.EventKind;
import ringside.emulator.travel.Condition;

/** One of some instructions is executed, on any vCPU or on one. */
public final class CodeOn implements Condition {
    /** Every vCPU. */
    public static final int ANY = -1;

    private final long[] addresses;
    private final int only;
    private long hits;

    /**
     * Makes a condition.
     *
     * @param addresses of the instructions, virtual
     * @param only      the vCPU, or {@link #ANY}
     */
    public CodeOn(final List<Long> addresses, final int only) {
        this.addresses = addresses.stream().mapToLong(Long::longValue).toArray();
        this.only = only;
    }

    @Override
    public Set<EventKind> interests() {
        return EnumSet.of(EventKind.BLOCK);
    }

    @Override
    public void block(final long cycle, final int cpu, final int code, final long begin, final int size,
            final int instructions, final int level) {
        if (only != ANY && cpu != only) {
            return;
        }
        for (final long address : addresses) {
            if (address - begin >= 0 && address - begin < size) {
                hits++;
            }
        }
    }

    @Override
    public long hits() {
        return hits;
    }

    @Override
    public boolean isOnceAStep() {
        return addresses.length == 1;
    }

    @Override
    public boolean stopsBefore() {
        return true;
    }
}
