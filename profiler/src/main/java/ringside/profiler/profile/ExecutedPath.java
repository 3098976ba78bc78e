package ringside.profiler.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The instructions of one window in the order they retired. Allocates only when it grows. */
final class ExecutedPath {
    private long[] addresses = new long[512];
    private long[] cycles = new long[512];
    private byte[] levels = new byte[512];
    private int[] phases = new int[512];
    private int length;

    void add(final long address, final int level, final int phase, final long cost) {
        if (length == addresses.length) {
            addresses = Arrays.copyOf(addresses, length * 2);
            cycles = Arrays.copyOf(cycles, length * 2);
            levels = Arrays.copyOf(levels, length * 2);
            phases = Arrays.copyOf(phases, length * 2);
        }
        addresses[length] = address;
        cycles[length] = cost;
        levels[length] = (byte) level;
        phases[length] = phase;
        length++;
    }

    void clear() {
        length = 0;
    }

    int length() {
        return length;
    }

    long address(final int index) {
        return addresses[index];
    }

    /** {@return the index of the first instruction where the paths part, or -1} */
    int mismatch(final ExecutedPath other) {
        return Arrays.mismatch(addresses, 0, length, other.addresses, 0, other.length);
    }

    List<PathStep> steps(final PhaseMarks marks) {
        final List<PathStep> steps = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            steps.add(new PathStep(addresses[i], levels[i], marks.name(phases[i]), cycles[i]));
        }
        return steps;
    }
}
