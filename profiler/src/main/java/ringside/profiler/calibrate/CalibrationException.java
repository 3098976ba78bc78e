package ringside.profiler.calibrate;

/** A calibration cannot be made here, or a snippet is not what it must be: the message says it in one line. */
public final class CalibrationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Refuses.
     *
     * @param message one line for a person
     */
    public CalibrationException(final String message) {
        super(message);
    }
}
