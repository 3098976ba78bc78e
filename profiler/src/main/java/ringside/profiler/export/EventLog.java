package ringside.profiler.export;

import java.util.Arrays;

/**
 * Events in the order in which they happened, as many as fit. Allocates only when it grows. A lane is what slices nest
 * in: one for each CPU, then one for each CPU's threads.
 */
final class EventLog {
    /** A slice begins. */
    static final byte BEGIN = 1;
    /** The slice that began last on its lane ends. */
    static final byte END = 2;
    /** A point where an arrow begins; the value is its number. */
    static final byte ARROW_OUT = 3;
    /** A point where an arrow ends. */
    static final byte ARROW_IN = 4;
    /** The counter whose number is the name has a value. */
    static final byte COUNT = 5;
    /** A point on a lane. */
    static final byte INSTANT = 6;

    private final int most;
    private final int[] depths;
    private long[] times = new long[1024];
    private byte[] kinds = new byte[1024];
    private byte[] cpus = new byte[1024];
    private int[] names = new int[1024];
    private long[] values = new long[1024];
    private int size;
    private long dropped;

    EventLog(final int count, final int most) {
        this.most = most;
        depths = new int[count];
    }

    void add(final byte kind, final int cpu, final long cycle, final int name, final long value) {
        if (size == most) {
            dropped++;
            return;
        }
        if (size == times.length) {
            final int more = Math.min(most, size * 2);
            times = Arrays.copyOf(times, more);
            kinds = Arrays.copyOf(kinds, more);
            cpus = Arrays.copyOf(cpus, more);
            names = Arrays.copyOf(names, more);
            values = Arrays.copyOf(values, more);
        }
        depths[cpu] += kind == BEGIN ? 1 : kind == END ? -1 : 0;
        times[size] = cycle;
        kinds[size] = kind;
        cpus[size] = (byte) cpu;
        names[size] = name;
        values[size] = value;
        size++;
    }

    int size() {
        return size;
    }

    long dropped() {
        return dropped;
    }

    /** {@return slices of a lane that began and did not end} */
    int open(final int cpu) {
        return depths[cpu];
    }

    /** {@return the latest time of an event of a lane, or 0} */
    long latest(final int lane) {
        long latest = 0;
        for (int i = 0; i < size; i++) {
            latest = cpus[i] == lane ? Math.max(latest, times[i]) : latest;
        }
        return latest;
    }

    long time(final int index) {
        return times[index];
    }

    byte kind(final int index) {
        return kinds[index];
    }

    int cpu(final int index) {
        return cpus[index];
    }

    int name(final int index) {
        return names[index];
    }

    long value(final int index) {
        return values[index];
    }
}
