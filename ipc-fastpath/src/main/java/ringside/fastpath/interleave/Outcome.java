package ringside.fastpath.interleave;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of a schedule.
 *
 * @param schedule   that was followed
 * @param operations that the actors made
 * @param ended      empty where all actors came to their end; otherwise what kept one from it, in words
 */
public record Outcome(Schedule schedule, List<Operation> operations, Optional<String> ended) {
    /** Copies the list. */
    public Outcome {
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(ended, "ended");
        operations = List.copyOf(operations);
    }

    /**
     * {@return what is wrong with it, or nothing}
     *
     * @param start the data structure's state before
     */
    public Optional<String> wrong(final SequentialModel start) {
        if (ended.isPresent()) {
            return ended;
        }
        return Linearizability.holds(start, operations) ? Optional.empty()
                : Optional.of("no order of these operations has these results");
    }
}
