package ringside.fastpath.experiment;

/**
 * The guest did not do the experiment: it panicked, stopped early, ran on beyond its budget, or left a path out. The
 * message names the variant.
 */
public final class GuestFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what happened.
     *
     * @param message which image, and what it did
     */
    public GuestFailedException(final String message) {
        super(message);
    }
}
