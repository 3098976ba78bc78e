package ringside.profiler.gate;

/** A file that is no baseline, or none for this version; the message names file, place and reason. */
public final class BaselineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BaselineException(final String file, final String place, final String reason) {
        super(file + ": " + place + ": " + reason);
    }
}
