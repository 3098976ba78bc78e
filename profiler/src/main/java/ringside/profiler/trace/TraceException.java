package ringside.profiler.trace;

/** A file that is no usable trace; the message is {@code FILE: PLACE: REASON}. */
public final class TraceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong where.
     *
     * @param file   as the user named it
     * @param place  part of the file
     * @param reason what is wrong with it
     */
    public TraceException(final String file, final String place, final String reason) {
        super(file + ": " + place + ": " + reason);
    }
}
