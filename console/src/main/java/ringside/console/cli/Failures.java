package ringside.console.cli;

import java.util.Objects;
import java.util.stream.Collectors;
import ringside.console.gate.FailedCommandException;
import ringside.console.gate.RevisionException;
import ringside.console.report.LogText;
import ringside.console.report.TextLines;
import ringside.console.report.UnknownCodeException;
import ringside.console.verify.RefusedFileException;
import ringside.emulator.boot.BootException;
import ringside.emulator.device.virtio.DiskImageException;
import ringside.emulator.engine.EngineException;
import ringside.emulator.memory.HostMemoryException;
import ringside.emulator.snapshot.SnapshotException;
import ringside.emulator.state.UnwrittenFileException;
import ringside.fastpath.experiment.GuestFailedException;
import ringside.fastpath.lab.LabException;
import ringside.profiler.calibrate.CalibrationException;
import ringside.profiler.gate.BaselineException;
import ringside.profiler.profile.UnstableProfileException;
import ringside.profiler.trace.TraceException;
import ringside.toolchain.asm.AsmException;
import ringside.toolchain.image.ImageException;
import ringside.toolchain.image.LinkException;
import ringside.toolchain.natives.NativeLibraryException;

/**
 * What a failure looks like to a person: one line that says what went wrong, below it the last words of a command of
 * the host's where that failed, and the code that goes with it.
 */
final class Failures {
    /** Of a line, and of them; names and messages of others may be as long as they like. */
    private static final int MOST_LETTERS = 500;
    private static final int MOST_LINES = 40;

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
        terminal.err().println(("ringside: " + message(failure)).replace('\t', ' ').lines().map(LogText::line)
            .collect(Collectors.joining("\n  ")));
        if (terminal.debug()) {
            failure.printStackTrace(terminal.err());
        }
        return status;
    }

    /** {@return the code that a process ends with whose command a failure ended} */
    static ExitStatus statusOf(final Throwable failure) {
        return switch (failure) {
            case WrongUseException _, UnknownCodeException _, AsmException _, ImageException _, BootException _,
                DiskImageException _, RefusedFileException _, SnapshotException _, LabException _, LinkException _,
                TraceException _, BaselineException _, FailedCommandException _ -> ExitStatus.WRONG_USE;
            case RevisionException _ -> statusOf(failure.getCause());
            case GuestFailedException _, UnstableProfileException _ -> ExitStatus.GUEST_FAILED;
            default -> ExitStatus.HOST_FAULT;
        };
    }

    /**
     * {@return what went wrong, in one line; of a command of the host's more lines with what it said last} What is
     * known to happen speaks for itself; anything else is a fault of ours, and says what kind.
     *
     * @param failure whatever ended a command
     */
    static String message(final Throwable failure) {
        final Throwable cause = cause(failure);
        final boolean known = statusOf(failure) != ExitStatus.HOST_FAULT || cause instanceof NativeLibraryException
            || cause instanceof EngineException || cause instanceof HostMemoryException
            || cause instanceof CalibrationException || cause instanceof UnwrittenFileException;
        final String message = words(failure);
        return known ? message : "a fault in Ringside or its host: " + (message.isEmpty() ? "no message" : message)
            + " (" + cause.getClass().getSimpleName() + "; RINGSIDE_DEBUG=1 shows where)";
    }

    private static Throwable cause(final Throwable failure) {
        return failure instanceof RevisionException ? failure.getCause() : failure;
    }

    private static String words(final Throwable failure) {
        final String message = Objects.toString(failure.getMessage(), "").lines()
            .map(line -> TextLines.middle(line, MOST_LETTERS)).limit(MOST_LINES).collect(Collectors.joining("\n"));
        return cause(failure) instanceof FailedCommandException ? message : oneLine(message);
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
