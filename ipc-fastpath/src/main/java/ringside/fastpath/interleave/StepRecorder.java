package ringside.fastpath.interleave;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;

/** Hears which instructions were executed, in order. */
final class StepRecorder implements MachineObserver {
    private static final int ROOM = 4096;

    private long[] addresses = new long[ROOM];
    private int count;

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    /** {@return the addresses of the instructions from one number on up to another} */
    long[] addresses(final int from, final int to) {
        return Arrays.copyOfRange(addresses, from, to);
    }

    @Override
    public Set<EventKind> interests() {
        return EnumSet.of(EventKind.INSTRUCTION);
    }

    @Override
    public void instruction(final long cycle, final int cpu, final long address, final int length, final int level) {
        if (count == addresses.length) {
            addresses = Arrays.copyOf(addresses, 2 * count);
        }
        addresses[count++] = address;
    }
}
