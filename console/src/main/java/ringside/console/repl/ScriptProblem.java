package ringside.console.repl;

/** A line of a script was not done; the message is {@code FILE:LINE: COMMAND: REASON}. */
final class ScriptProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final CommandResult.Outcome outcome;
    private final boolean placed;

    ScriptProblem(final CommandResult.Outcome outcome, final String message) {
        this(outcome, message, false);
    }

    private ScriptProblem(final CommandResult.Outcome outcome, final String message, final boolean placed) {
        super(message);
        this.outcome = outcome;
        this.placed = placed;
    }

    /** {@return the same with its place in a script, the innermost one where scripts include others} */
    ScriptProblem at(final String place) {
        return placed ? this : new ScriptProblem(outcome, place + ": " + getMessage(), true);
    }

    CommandResult.Outcome outcome() {
        return outcome;
    }
}
