package ringside.emulator.travel;

import java.util.EnumSet;
import java.util.Set;
import ringside.emulator.event.EventKind;

/** An instruction is executed. */
public final class CodeReached implements Condition {
    private final long address;
    private long hits;

    /**
     * Makes a condition.
     *
     * @param address of the instruction, virtual
     */
    public CodeReached(final long address) {
        this.address = address;
    }

    /** {@return the instruction's address, virtual} */
    public long address() {
        return address;
    }

    @Override
    public Set<EventKind> interests() {
        return EnumSet.of(EventKind.BLOCK);
    }

    @Override
    public void block(final long cycle, final int cpu, final int code, final long begin, final int size,
            final int instructions, final int level) {
        if (address - begin >= 0 && address - begin < size) {
            hits++;
        }
    }

    @Override
    public long hits() {
        return hits;
    }

    @Override
    public boolean stopsBefore() {
        return true;
    }

    @Override
    public boolean isOnceAStep() {
        return true;
    }

    @Override
    public String toString() {
        return "code at 0x" + Long.toHexString(address);
    }
}
