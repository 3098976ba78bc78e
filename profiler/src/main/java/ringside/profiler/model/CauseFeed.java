package ringside.profiler.model;

import java.util.Arrays;
import java.util.Objects;

/**
 * Why the instruction that observers hear of next, or heard of last, took its cycles. It stands between a model and
 * observers of its events, which ask it and need not know where events come from.
 */
public final class CauseFeed implements CostListener {
    private final Cause[] latest;

    /**
     * Nothing was followed yet.
     *
     * @param cpus how many there are
     */
    public CauseFeed(final int cpus) {
        latest = new Cause[cpus];
        Arrays.fill(latest, Cause.WIDTH);
    }

    @Override
    public void cost(final int cpu, final long address, final long cycles, final Cause cause) {
        latest[cpu] = Objects.requireNonNull(cause, "cause");
    }

    /** {@return the cause of the latest instruction's cycles on a vCPU} */
    public Cause latest(final int cpu) {
        return latest[cpu];
    }
}
