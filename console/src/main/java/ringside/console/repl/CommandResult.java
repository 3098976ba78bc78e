package ringside.console.repl;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * What came of a command.
 *
 * @param outcome whether it was done
 * @param text    what it said, whole lines
 * @param problem why it was not done; empty where it was
 * @param exit    the exit code, if it ended the session
 */
public record CommandResult(Outcome outcome, String text, String problem, OptionalInt exit) {
    /** Whether a command was done. */
    public enum Outcome {
        /** It was. */
        DONE,
        /** It cannot be done as it was given. */
        REFUSED,
        /** Something is not as a script expects it. */
        FAILED
    }

    /** Refuses missing parts. */
    public CommandResult {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(problem, "problem");
    }

    /** {@return whether it was done} */
    public boolean ok() {
        return outcome == Outcome.DONE;
    }

    /** {@return all that there is to show: what it said, and why it was not done} */
    public String whole() {
        return ok() ? text : text + problem + "\n";
    }
}
