package ringside.emulator.travel;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import ringside.emulator.machine.RunResult;

/**
 * Where a way through a history ended, and why.
 *
 * @param position where
 * @param reason   why
 * @param met      the conditions that came about there, in the order in which they were asked for; empty for all
 *                 reasons but {@link Reason#CONDITION}
 * @param ended    what ended the run, for {@link Reason#ENDED}
 */
public record Stop(Position position, Reason reason, List<Condition> met, Optional<RunResult> ended) {
    /** Why a way ended. */
    public enum Reason {
        /** All of it was walked. */
        ARRIVED,
        /** A condition came about. */
        CONDITION,
        /** The guest's run is over. */
        ENDED,
        /** It went back to where the history begins. */
        START,
        /** Somebody asked to stop. */
        INTERRUPTED
    }

    /** Copies the list. */
    public Stop {
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(reason, "reason");
        met = List.copyOf(met);
        Objects.requireNonNull(ended, "ended");
    }

    static Stop of(final Position position, final Reason reason) {
        return new Stop(position, reason, List.of(), Optional.empty());
    }
}
