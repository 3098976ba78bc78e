package ringside.emulator.travel;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import ringside.emulator.machine.RunResult;

/**
 * Where a way through a history ended, and why.
 *
 * @param position where
 * @param reason   why
 * @param met      the conditions that came about there, in the order in which they were asked for; empty for all
 *                 reasons but {@link Reason#CONDITION}
 * @param ended    what ended the run, for {@link Reason#ENDED}
 * @param edit     steps of the place where the user changed the machine, if it was that that brought a condition about
 */
public record Stop(Position position, Reason reason, List<Condition> met, Optional<RunResult> ended,
        OptionalLong edit) {
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
        Objects.requireNonNull(edit, "edit");
    }

    /**
     * A way that ended otherwise than by a change of the user's.
     *
     * @param position where
     * @param reason   why
     * @param met      the conditions that came about there
     * @param ended    what ended the run
     */
    public Stop(final Position position, final Reason reason, final List<Condition> met,
            final Optional<RunResult> ended) {
        this(position, reason, met, ended, OptionalLong.empty());
    }

    static Stop of(final Position position, final Reason reason) {
        return new Stop(position, reason, List.of(), Optional.empty());
    }
}
