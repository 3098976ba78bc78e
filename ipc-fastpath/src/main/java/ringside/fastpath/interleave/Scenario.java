package ringside.fastpath.interleave;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the CPUs do with a structure, and how thoroughly that is searched.
 *
 * @param name        of it
 * @param scripts     of each CPU: kinds of operations, in order
 * @param capacity    of the structure
 * @param fill        values that are there at the beginning, from 1 on
 * @param memory      how stores reach the others
 * @param preemptions at most so many, 0 to 2
 * @param limit       schedules to try at most
 * @param spurious    what an operation may say here that is not so while another one is under way
 */
public record Scenario(String name, List<List<Integer>> scripts, int capacity, int fill, MemoryOrder memory,
        int preemptions, long limit, Set<Spurious> spurious) {
    private static final int DIGIT = 4;
    private static final int MOST_LAST = 15;

    /** Copies the lists. */
    public Scenario {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(memory, "memory");
        spurious = Set.copyOf(spurious);
        scripts = scripts.stream().map(List::copyOf).toList();
    }

    /** {@return how many CPUs it needs} */
    public int cpus() {
        return scripts.size();
    }

    /**
     * {@return the same with another bound}
     *
     * @param most preemptions
     */
    public Scenario withPreemptions(final int most) {
        return new Scenario(name, scripts, capacity, fill, memory, most, limit, spurious);
    }

    /**
     * {@return the same under another order of stores}
     *
     * @param order when stores reach the others
     */
    public Scenario withMemory(final MemoryOrder order) {
        return new Scenario(name, scripts, capacity, fill, order, preemptions, limit, spurious);
    }

    /** {@return a CPU's script as the actors read it: a digit an operation, the lowest first} */
    long number(final int cpu) {
        return number(scripts.get(cpu));
    }

    /** {@return the script that takes one more than there may be, of as many as fit} */
    long takingAll() {
        return number(Collections.nCopies(Math.min(capacity + 1, MOST_LAST), SequentialModel.TAKE));
    }

    private static long number(final List<Integer> script) {
        long number = 0;
        for (final int kind : script.reversed()) {
            number = number << DIGIT | kind;
        }
        return number;
    }

    /** {@return the scripts for a person, e.g. {@code put put | take}} */
    public String describe() {
        return scripts.stream().map(script -> script.stream().map(SequentialModel::verb)
                .collect(Collectors.joining(" "))).collect(Collectors.joining(" | "));
    }
}
