package ringside.emulator.snapshot;

/** A file that is no usable snapshot, or a place where none can be written; says file, place and reason. */
public final class SnapshotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong where.
     *
     * @param file   as the user named it
     * @param place  part of the file
     * @param reason what is wrong with it
     */
    public SnapshotException(final String file, final String place, final String reason) {
        super(file + ": " + place + ": " + reason);
    }
}
