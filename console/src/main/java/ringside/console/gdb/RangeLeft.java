package ringside.console.gdb;

import java.util.EnumSet;
import java.util.Set;
import ringside.emulator.event.EventKind;
import ringside.emulator.travel.Condition;

/** A vCPU executes an instruction outside of a range: the stop is before it. */
final class RangeLeft implements Condition {
    private final int wanted;
    private final long start;
    private final long end;
    private long hits;

    /**
     * Makes a condition.
     *
     * @param cpu   whose instructions count
     * @param start first address of the range
     * @param end   address behind it
     */
    RangeLeft(final int cpu, final long start, final long end) {
        wanted = cpu;
        this.start = start;
        this.end = end;
    }

    boolean isOutside(final long address) {
        return Long.compareUnsigned(address, start) < 0 || Long.compareUnsigned(address, end) >= 0;
    }

    @Override
    public Set<EventKind> interests() {
        return EnumSet.of(EventKind.BLOCK);
    }

    @Override
    public void block(final long cycle, final int cpu, final int code, final long begin, final int size,
            final int instructions, final int level) {
        if (cpu == wanted) {
            // Bytes, for a block may begin outside, where the CPU is not any more, and end outside.
            hits += size - inside(begin, begin + size);
        }
    }

    private long inside(final long begin, final long behind) {
        final long first = Long.compareUnsigned(begin, start) < 0 ? start : begin;
        final long last = Long.compareUnsigned(behind, end) > 0 ? end : behind;
        return Long.compareUnsigned(first, last) < 0 ? last - first : 0;
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
