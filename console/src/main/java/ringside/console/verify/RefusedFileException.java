package ringside.console.verify;

/** A file that says nothing usable; the message is {@code FILE: PLACE: REASON}. */
public final class RefusedFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong where.
     *
     * @param file   as the user named it
     * @param place  a line, or a part of the file
     * @param reason what is wrong with it
     */
    public RefusedFileException(final String file, final String place, final String reason) {
        super(file + ": " + place + ": " + reason);
    }
}
