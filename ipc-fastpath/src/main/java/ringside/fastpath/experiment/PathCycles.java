package ringside.fastpath.experiment;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import ringside.profiler.profile.Distribution;
import ringside.profiler.profile.RoundCost;
import ringside.profiler.profile.Settling;

/**
 * What one path cost under a cycle model: for the first time in a run, out of a core that others used, and when nothing
 * changes any more. Instructions are the same each time; cycles are a distribution.
 *
 * @param path   which
 * @param first  its first execution of the run; empty where something fell into it
 * @param rounds its executions in its trial, in order, those left out that something fell into
 * @param cold   the same executions by a core that was emptied before each of them
 */
public record PathCycles(PathKey path, Optional<RoundCost> first, List<RoundCost> rounds, List<RoundCost> cold) {
    /** Copies the lists, which are not empty. */
    public PathCycles {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(first, "first");
        rounds = List.copyOf(rounds);
        cold = List.copyOf(cold);
        if (rounds.isEmpty() || cold.isEmpty()) {
            throw new GuestFailedException(path + ": no round was left undisturbed");
        }
    }

    /** {@return from which round on the cost is at rest} */
    public Settling settling() {
        return Settling.of(cycles(rounds));
    }

    /** {@return the rounds at rest, or the last half of all where it never is} */
    private List<RoundCost> settledRounds() {
        final Settling settling = settling();
        return rounds.subList(settling.settled() ? settling.after() : rounds.size() / 2, rounds.size());
    }

    /** {@return the round at rest whose cost is the median} */
    public RoundCost settledRound() {
        return middle(settledRounds());
    }

    /** {@return the costs of the rounds at rest} */
    public Distribution settledCycles() {
        return Distribution.of(cycles(settledRounds()));
    }

    /** {@return the cold round whose cost is the median} */
    public RoundCost coldRound() {
        return middle(cold);
    }

    /** {@return the costs of the cold rounds} */
    public Distribution coldCycles() {
        return Distribution.of(cycles(cold));
    }

    /** {@return the costs of all rounds of the trial} */
    public Distribution allCycles() {
        return Distribution.of(cycles(rounds));
    }

    private static long[] cycles(final List<RoundCost> rounds) {
        return rounds.stream().mapToLong(RoundCost::cycles).toArray();
    }

    /** {@return the first of those that cost the lower median} */
    private static RoundCost middle(final List<RoundCost> rounds) {
        return rounds.stream().sorted(Comparator.comparingLong(RoundCost::cycles)).skip((rounds.size() - 1) / 2)
                .findFirst().orElseThrow();
    }
}
