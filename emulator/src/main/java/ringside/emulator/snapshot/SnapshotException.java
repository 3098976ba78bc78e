package ringside.emulator.snapshot;

/** A file that is no usable snapshot; says file, place and reason. */
public final class SnapshotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String detail;

    /**
     * Says what is wrong where.
     *
     * @param file   as the user named it
     * @param place  part of the file
     * @param reason what is wrong with it
     */
    public SnapshotException(final String file, final String place, final String reason) {
        this(file, place + ": " + reason);
    }

    private SnapshotException(final String file, final String detail) {
        super(file + ": " + detail);
        this.detail = detail;
    }

    /**
     * The same about a snapshot that came from a file, by who knows from which.
     *
     * @param file as the user named it
     * @return names it
     */
    public SnapshotException ofFile(final String file) {
        final SnapshotException named = new SnapshotException(file, detail);
        named.initCause(this);
        return named;
    }
}
