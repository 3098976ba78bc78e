package ringside.emulator.memory;

/** The host has no memory to give, or gives none of that kind; never the guest's fault. */
public final class HostMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Describes what was asked and refused.
     *
     * @param message operation and sizes
     */
    public HostMemoryException(final String message) {
        super(message);
    }
}
