package ringside.profiler.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import ringside.profiler.model.Cause;

/** Counts, instructions and cycles of numbered things: phases, threads, what entered the kernel. */
final class NumberedCosts {
    private final CauseSums causes = new CauseSums();
    private long[] count = new long[64];
    private long[] instructions = new long[64];
    private long[] cycles = new long[64];

    private void need(final int number) {
        if (number >= count.length) {
            final int more = Integer.highestOneBit(number) * 2;
            count = Arrays.copyOf(count, more);
            instructions = Arrays.copyOf(instructions, more);
            cycles = Arrays.copyOf(cycles, more);
        }
    }

    void execute(final int number, final long cost, final Cause cause) {
        need(number);
        instructions[number]++;
        charge(number, cost, cause);
    }

    /** Adds cycles; their cause is {@code null} where none is known. */
    void charge(final int number, final long cost, final Cause cause) {
        need(number);
        cycles[number] += cost;
        if (cause != null) {
            causes.add(number, cause, cost);
        }
    }

    void count(final int number) {
        need(number);
        count[number]++;
    }

    /** {@return how often it was counted} */
    long counted(final int number) {
        return number < count.length ? count[number] : 0;
    }

    /**
     * {@return all that have something, in the order of their numbers}
     *
     * @param numbers how many there are
     * @param name    of a number
     */
    List<Share> shares(final int numbers, final IntFunction<String> name) {
        final List<Share> all = new ArrayList<>();
        for (int i = 0; i < Math.min(count.length, numbers); i++) {
            if (count[i] > 0 || instructions[i] > 0 || cycles[i] > 0) {
                all.add(new Share(name.apply(i), count[i], instructions[i], cycles[i], causes.of(i)));
            }
        }
        return all;
    }
}
