package ringside.console.cli;

import java.util.Objects;

/** What a failure looks like to a person: one line that says what went wrong, and the code that goes with it. */
final class Failures {
    private Failures() {
    }

    /**
     * Tells the user. The stack trace is shown only on request: it helps who works on Ringside, nobody else.
     *
     * @param terminal where to write
     * @param failure  whatever ended a command
     * @return the code that the process should end with
     */
    static ExitStatus report(final Terminal terminal, final Throwable failure) {
        final ExitStatus status = statusOf(failure);
        terminal.out().flush();
        terminal.err().println("ringside: " + message(failure, status));
        if (terminal.debug()) {
            failure.printStackTrace(terminal.err());
        }
        return status;
    }

    private static ExitStatus statusOf(final Throwable failure) {
        return switch (failure) {
            case WrongUseException refused -> ExitStatus.WRONG_USE;
            default -> ExitStatus.HOST_FAULT;
        };
    }

    private static String message(final Throwable failure, final ExitStatus status) {
        if (status == ExitStatus.WRONG_USE) {
            return oneLine(failure.getMessage());
        }
        return "a fault in Ringside or its host: " + oneLine(Objects.toString(failure.getMessage(), "no message"))
            + " (" + failure.getClass().getSimpleName() + "; RINGSIDE_DEBUG=1 shows where)";
    }

    /**
     * A message as one line.
     *
     * @param message any text, or {@code null}
     * @return without line breaks
     */
    static String oneLine(final String message) {
        return Objects.toString(message, "").strip().replaceAll("\\s*\\R\\s*", ": ");
    }
}
