package ringside.profiler.model;

/** A file of a model that is none, with file, place and reason. */
public final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Says what is wrong where. */
    ModelException(final String file, final String place, final String reason) {
        super(file + ": " + (place.isEmpty() ? "" : place + ": ") + reason);
    }
}
