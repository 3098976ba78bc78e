package ringside.fastpath.lab;

/** A declaration of an experiment that is none, with file, place and reason. */
public final class LabException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong where.
     *
     * @param file   the declaration's name
     * @param place  the key, or empty
     * @param reason what is wrong
     */
    public LabException(final String file, final String place, final String reason) {
        super(file + ": " + (place.isEmpty() ? "" : place + ": ") + reason);
    }
}
