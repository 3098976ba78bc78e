package ringside.profiler.profile;

/**
 * The stream has no single number to report: repetitions of a window differ, or none was left undisturbed. The
 * message names trial, window, round and difference.
 */
public final class UnstableProfileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnstableProfileException(final String message) {
        super(message);
    }
}
